// Batches through the reader, the redactor and the writer: what comes out reads back as an event,
// and a secret class never comes with a text.
#include "input.hpp"
#include "model/event_reader.hpp"
#include "model/event_writer.hpp"
#include "policy/policy.hpp"
#include "redact/redactor.hpp"

namespace {

using namespace fieldnote;

class Sink final : public model::BatchSink {
 public:
  void on_event(model::Event& event) override {
    redactor_.redact(event, team_, arena_, counts_);
    event.stream = "00112233445566778899aabbccddeeff";
    event.app = "app";
    std::string line;
    model::append_held(line, event);
    auto again = reader_.read_held(line);
    fuzz::require(again.has_value());
    if (!(*again)->has_value) return;
    const model::Value& value = (*again)->value;
    if (value.field_class <= model::FieldClass::file)
      fuzz::require(!value.text && !value.has_options && !value.shape);
  }
  void on_refused(model::Refusal) override {}
  void on_lost(std::string_view, std::uint64_t) override {}

 private:
  redact::Redactor redactor_;
  policy::Team team_;
  model::Arena arena_;
  redact::Counts counts_;
  model::EventReader reader_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view frame = fuzz::text(data, size);
  static_cast<void>(model::batch_number(frame));
  model::EventReader reader;
  Sink sink;
  static_cast<void>(reader.read_batch(frame, sink));
  return 0;
}
