// What the person asks, and how things stand: the half of the service that has no batches.
#include <boost/json/object.hpp>

#include "recorder/pause.hpp"
#include "recorder/service.hpp"
#include "recorder/tasks.hpp"

namespace fieldnote::recorder {
namespace {

using channel::ProtocolError;

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};

bool is_of_protocol(const Error& error) {
  return error.code.category() == make_error_code(ProtocolError::frame_empty).category();
}

// What of it is news; counts alone are not.
std::string essence(const channel::StandingNow& standing) {
  std::string text = standing.state + '\n' + standing.why;
  if (standing.pause)
    text += "\npause " + standing.pause->since + standing.pause->until.value_or("");
  if (standing.task)
    text += "\ntask " + standing.task->id + standing.task->words + '\n' +
            standing.task->leaves.value_or("");
  return text;
}

}  // namespace

Result<void> Service::refresh() {
  if (auto read = situation_.refresh(*spool_); !read) return read;
  terms_row_.reset();
  if (!admission_ && situation_.assignment() != nullptr)
    admission_.emplace(*situation_.assignment());
  if (admission_) admission_->in_task(situation_.person().task.value_or(""));
  return {};
}

bool Service::on_news(std::string& out) {
  if (!stream_) return true;
  if (auto fresh = refresh(); !fresh) return fail_storage(fresh.error(), out);
  return tell_standing({}, out);
}

std::optional<std::chrono::milliseconds> Service::look_in() const {
  return stream_ ? situation_.pause_ends_in() : std::nullopt;
}

bool Service::tell_standing(Id id, std::string& out) {
  const auto standing = situation_.told(*spool_);
  if (!standing) return fail_storage(standing.error(), out);
  if (!id && essence(*standing) == told_) return true;
  channel::append_standing(out, *standing, id);
  note_told(*standing);
  return true;
}

void Service::note_told(const channel::StandingNow& standing) {
  told_ = essence(standing);
  const std::string since = standing.pause ? standing.pause->since : "";
  if (since == pause_told_) return;
  pause_told_ = since;
  pause_told_at_ = std::chrono::steady_clock::now();
}

bool Service::answer_standing(const Result<void>& done, std::int64_t id, std::string& out) {
  if (!done) return fail_request(done.error(), id, out);
  if (auto fresh = refresh(); !fresh) return fail_storage(fresh.error(), out);
  return tell_standing(id, out);
}

bool Service::fail_request(const Error& error, std::int64_t id, std::string& out) const {
  if (!is_of_protocol(error)) return fail_storage(error, out);
  const auto number = static_cast<ProtocolError>(error.code.value());
  channel::append_error(out, number, error.sentence, {}, {}, id);
  return !channel::facts_of(number).fatal;
}

bool Service::answer(const channel::Request& request, std::string& out) {
  const auto standing = [&](const Result<void>& done) {
    return answer_standing(done, request.id, out);
  };
  return std::visit(
      Overloaded{
          [&](const channel::StandingRequest&) { return standing({}); },
          [&](const channel::PauseRequest& what) { return standing(begin_pause(*spool_, what)); },
          [&](const channel::ResumeRequest&) { return standing(end_pause(*spool_)); },
          [&](const channel::BeginTask& what) {
            return standing(begin_task(*spool_, situation_.assignment(), what.words));
          },
          [&](const channel::EndTask& what) { return standing(end_task(*spool_, what.outcome)); },
          [&](const auto&) {
            return fail_request({ProtocolError::message_unknown,
                                 "this host does not know that request yet; update it"},
                                request.id, out);
          },
      },
      request.what);
}

}  // namespace fieldnote::recorder
