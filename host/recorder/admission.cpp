#include "recorder/admission.hpp"

#include <boost/json/serialize.hpp>

#include "model/event_writer.hpp"
#include "recorder/ledger_line.hpp"

namespace fieldnote::recorder {

class Admission::Sink final : public model::BatchSink {
 public:
  Sink(Admission& admission, std::string_view stream, std::uint64_t seq)
      : admission_(admission), stream_(stream), seq_(seq) {}

  void on_event(model::Event& event) override {
    const auto& site = admission_.site_of(event.url);
    if (!site || (event.top && !admission_.assignment_.match(*event.top)))
      return on_refused(model::Refusal::site);
    if (event.kind == model::Kind::key && site->team->keys == "off")
      return on_refused(model::Refusal::keys);
    if (!site->team->outline) {
      if (event.kind == model::Kind::outline) return on_refused(model::Refusal::outline);
      event.has_outline = false;
    }
    admission_.redactor_.redact(event, *site->team, admission_.arena_, ledger.redacted);
    if (event.kind == model::Kind::outline &&
        !admission_.redactor_.redact_outline(event, *site->team, admission_.arena_,
                                             ledger.redacted))
      return on_refused(model::Refusal::schema);
    event.app = site->site->app;
    event.stream = stream_;
    event.seq = seq_;
    if (!admission_.task_.empty()) event.task = admission_.task_;
    model::append_held(admission_.lines_, event);
    admission_.lines_ += '\n';
    ++events;
  }

  void on_refused(model::Refusal why) override { ++ledger.refused[std::string(model::word(why))]; }

  void on_lost(std::string_view reason, std::uint64_t count) override {
    ledger.lost[std::string(reason)] += count;
  }

  std::int64_t events = 0;
  model::Ledger ledger;

 private:
  Admission& admission_;
  std::string_view stream_;
  std::uint64_t seq_;
};

// Events come in runs from one page.
const std::optional<policy::Assignment::Match>& Admission::site_of(std::string_view url) {
  if (!last_url_ || *last_url_ != url) {
    last_url_ = url;
    last_site_ = assignment_.match(url);
  }
  return last_site_;
}

void Admission::in_task(std::string id, std::string_view words) {
  if (id != task_ && (!task_.empty() || !words.empty())) redactor_.begin_scope(id, words);
  task_ = std::move(id);
}

Result<AdmittedBatch> Admission::admit(std::string_view frame, std::string_view stream,
                                       std::uint64_t seq) {
  arena_.reset();
  Sink sink(*this, stream, seq);
  lines_.clear();
  const auto read = reader_.read_batch(frame, sink);
  if (!read) return read.error();
  gate_.check(lines_, sink.ledger.redacted);
  if (!sink.ledger.empty()) {
    std::string ledger;
    append_ledger_line(ledger, sink.ledger);
    lines_.insert(0, ledger);
  }
  return AdmittedBatch{sink.events, lines_, std::move(sink.ledger.refused)};
}

}  // namespace fieldnote::recorder
