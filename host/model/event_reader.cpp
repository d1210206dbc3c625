#include "model/event_reader.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <charconv>

#include "model/event_handler.hpp"

namespace fieldnote::model {
namespace {

class Category final : public boost::system::error_category {
 public:
  [[nodiscard]] const char* name() const noexcept override { return "fieldnote.read"; }
  [[nodiscard]] std::string message(int value) const override {
    switch (static_cast<ReadError>(value)) {
      case ReadError::unreadable:
        return "not JSON as RFC 8259 says, or not UTF-8";
      case ReadError::not_a_batch:
        return "not a batch";
      case ReadError::not_an_event:
        return "not an event";
    }
    return "unknown";
  }
};

}  // namespace

boost::system::error_code make_error_code(ReadError error) {
  static const Category category;
  return {static_cast<int>(error), category};
}

std::optional<std::uint64_t> batch_number(std::string_view frame) {
  constexpr std::string_view prefix = R"({"type":"batch","seq":)";
  if (!frame.starts_with(prefix)) return std::nullopt;
  std::uint64_t number = 0;
  const char* const end = frame.data() + frame.size();
  const auto [rest, failed] = std::from_chars(frame.data() + prefix.size(), end, number);
  if (failed != std::errc() || rest == end || *rest != ',' || number == 0 ||
      number > static_cast<std::uint64_t>(max_seq))
    return std::nullopt;
  return number;
}

bool is_earlier(std::string_view frame) {
  return batch_number(frame) && frame.substr(frame.find(',', frame.find(R"("seq":)")) + 1)
                                    .starts_with(R"("earlier":true,)");
}

struct EventReader::Impl {
  Impl() : parser(boost::json::parse_options()) {}
  boost::json::basic_parser<EventHandler> parser;

  // Whether all of `input` is one JSON text; the error code of Boost.JSON otherwise.
  boost::json::error_code parse(Form form, std::string_view input, BatchSink* sink) {
    parser.reset();
    parser.handler().begin(form, input, sink);
    boost::json::error_code failed;
    const std::size_t read = parser.write_some(false, input.data(), input.size(), failed);
    if (!failed && read != input.size()) failed = boost::json::error::extra_data;
    return failed;
  }
};

EventReader::EventReader() : impl_(std::make_unique<Impl>()) {}
EventReader::~EventReader() = default;

Result<std::uint64_t> EventReader::read_batch(std::string_view frame, BatchSink& sink) {
  if (const auto failed = impl_->parse(Form::wire_batch, frame, &sink))
    return Error{ReadError::unreadable, "the batch cannot be read: " + failed.message()};
  const EventHandler& handler = impl_->parser.handler();
  if (!handler.is_batch())
    return Error{ReadError::not_a_batch, "the batch lacks its type, its number or its events"};
  return handler.seq();
}

Result<Event*> EventReader::read_held(std::string_view line) {
  if (const auto failed = impl_->parse(Form::held_line, line, nullptr))
    return Error{ReadError::unreadable, "an event line cannot be read: " + failed.message()};
  Event* event = impl_->parser.handler().held_event();
  if (event == nullptr)
    return Error{ReadError::not_an_event,
                 "a line is no event as manifest/schema/event.schema.json says"};
  return event;
}

}  // namespace fieldnote::model
