// What the person asks, and how things stand: the half of the service that has no batches.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "recorder/deletion.hpp"
#include "recorder/mine.hpp"
#include "recorder/pause.hpp"
#include "recorder/relabelling.hpp"
#include "recorder/review.hpp"
#include "recorder/sealer.hpp"
#include "recorder/service.hpp"
#include "recorder/tasks.hpp"
#include "recorder/unlisted.hpp"
#include "recorder/withdrawal.hpp"

namespace fieldnote::recorder {
namespace {

namespace json = boost::json;
using channel::ProtocolError;

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

bool is_of_protocol(const Error& error) {
  return error.code.category() == make_error_code(ProtocolError::frame_empty).category();
}

Result<void> set_told(spool::Spool& spool, std::int64_t up_to) {
  auto write = spool.write();
  if (!write) return write.error();
  if (auto told = write->told(up_to); !told) return told;
  return write->commit();
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
  if (!admission_) return {};
  const std::string id = situation_.person().task.value_or("");
  auto task = id.empty() ? Result<std::optional<spool::Task>>(std::nullopt) : spool_->task(id);
  if (!task) return task.error();
  // Words that stay with the person are in nothing that leaves.
  const bool leave = *task && (*task)->leaves;
  admission_->in_task(id, leave ? std::string_view((*task)->words) : std::string_view());
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
  log(number);
  channel::append_error(out, number, error.sentence, {}, {}, id);
  return !channel::facts_of(number).fatal;
}

// An answer that ends with what is held now.
bool Service::answer_with_held(std::string_view type, std::int64_t id, json::object answer,
                               std::string& out) {
  const auto held = held_now(*spool_);
  if (!held) return fail_storage(held.error(), out);
  answer["held"] = held->to_json();
  channel::append_answer(out, type, id, std::move(answer));
  return true;
}

bool Service::answer_delete(const channel::DeleteRequest& request, std::int64_t id,
                            std::string& out) {
  const auto deleted = delete_held(*spool_, request.which);
  if (!deleted) return fail_request(deleted.error(), id, out);
  json::object answer{{"events", deleted->events}};
  if (deleted->left_before > 0) answer["left_before"] = deleted->left_before;
  return answer_with_held("deleted", id, std::move(answer), out);
}

bool Service::answer_label(const channel::LabelRequest& request, std::int64_t id,
                           std::string& out) {
  const auto labelled = label_held(*spool_, situation_.assignment(), request);
  if (!labelled) return fail_request(labelled.error(), id, out);
  json::object answer{{"events", labelled->events}};
  if (labelled->task) answer["task"] = told(*labelled->task).to_json();
  channel::append_answer(out, "labelled", id, std::move(answer));
  return true;
}

bool Service::answer_seal(std::int64_t id, std::string& out) {
  if (!situation_.policy())
    return fail_request({ProtocolError::unfinished,
                         "nothing was sealed: the policy on this computer has an error, and does "
                         "not say for whom"},
                        id, out);
  if (const auto left = delete_unlisted(*spool_, *situation_.policy(), *situation_.assignment());
      !left)
    return fail_request(left.error(), id, out);
  const auto report = Sealer(*spool_, situation_.policy()->keys()).seal_all([](std::int64_t) {});
  if (!report) return fail_request(report.error(), id, out);
  json::array left;
  for (const std::string& why : report->left) left.emplace_back(why);
  return answer_with_held(
      "sealed", id,
      {{"events", report->events}, {"bundles", report->bundles.size()}, {"left", std::move(left)}},
      out);
}

bool Service::answer_withdraw(const channel::WithdrawRequest& request, std::int64_t id,
                              std::string& out) {
  const auto withdrawn = withdraw(*spool_, situation_.policy(), situation_.assignment(), request);
  // Whatever became of the rest, recording may have stopped.
  const bool good = withdrawn.has_value();
  json::object answer;
  if (good) {
    answer["deleted"] = withdrawn->deleted;
    if (withdrawn->asked) answer["asked"] = *withdrawn->asked;
  }
  if (good ? !answer_with_held("withdrawn", id, std::move(answer), out)
           : !fail_request(withdrawn.error(), id, out))
    return false;
  return on_news(out);
}

bool Service::answer(const channel::Request& request, std::string& out) {
  const auto standing = [&](const Result<void>& done) {
    return answer_standing(done, request.id, out);
  };
  const auto members = [&](std::string_view type, const Result<std::string>& answer) {
    if (!answer) return fail_request(answer.error(), request.id, out);
    channel::append_answer(out, type, request.id, std::string_view(*answer));
    return true;
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
          [&](const channel::HeldEventsRequest& what) {
            return members("held_events", Review(*spool_).events(what));
          },
          [&](const channel::HeldTextsRequest& what) {
            return members("held_texts", Review(*spool_).texts(what));
          },
          [&](const channel::HeldCountsRequest&) {
            return members("held_counts", Review(*spool_).counts());
          },
          [&](const channel::ToldRequest& what) { return standing(set_told(*spool_, what.up_to)); },
          [&](const channel::DeleteRequest& what) { return answer_delete(what, request.id, out); },
          [&](const channel::LabelRequest& what) { return answer_label(what, request.id, out); },
          [&](const channel::SealRequest&) { return answer_seal(request.id, out); },
          [&](const channel::WithdrawRequest& what) {
            return answer_withdraw(what, request.id, out);
          },
          [&](const channel::MineRequest& what) {
            return members("mine_part", mine(*spool_, what));
          },
      },
      request.what);
}

}  // namespace fieldnote::recorder
