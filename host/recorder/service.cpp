#include "recorder/service.hpp"

#include <algorithm>

#include "platform/calendar.hpp"
#include "platform/memory.hpp"
#include "recorder/housekeeping.hpp"
#include "recorder/ledger_line.hpp"
#include "recorder/policy_message.hpp"
#include "spool/damage.hpp"

namespace fieldnote::recorder {
namespace {

using channel::ProtocolError;

// How much is stored between two looks at what lies in the folder.
constexpr std::size_t look_every = 1 << 20;

// A browser may stay open for days: so often the hold clock is read while it is used, and so often
// the spool is looked after.
constexpr std::chrono::minutes read_clock_every{1};
constexpr std::chrono::hours keep_house_every{1};

bool is_due(const std::optional<std::chrono::steady_clock::time_point>& last,
            std::chrono::steady_clock::duration every) {
  return !last || std::chrono::steady_clock::now() - *last >= every;
}

// How long after the extension heard of a pause what it had recorded before is taken.
constexpr std::chrono::seconds earlier_for{10};

// Codes of this category come from reading messages; their value is the number in the protocol.
ProtocolError number_of(const Error& error, ProtocolError otherwise) {
  if (error.code.category() != make_error_code(ProtocolError::frame_empty).category())
    return otherwise;
  return static_cast<ProtocolError>(error.code.value());
}

// What the person chose, and when, is theirs: it stands in no log.
bool tells_of_the_person(ProtocolError error) {
  switch (error) {
    case ProtocolError::not_recording:
    case ProtocolError::consent_stale:
    case ProtocolError::paused:
    case ProtocolError::unfinished:
    case ProtocolError::not_held:
      return true;
    default:
      return false;
  }
}

bool may_call(const policy::Policy& policy, const std::string& caller) {
  const auto& ids = policy.extension_ids;
  return ids.empty() || std::find(ids.begin(), ids.end(), caller) != ids.end();
}

}  // namespace

Service::Service(Result<policy::Policy> policy, platform::Account account,
                 Result<spool::Spool> spool, std::optional<std::string> caller, platform::Log* log)
    : situation_(std::move(policy), std::move(account)),
      spool_(std::move(spool)),
      caller_(std::move(caller)),
      log_(log) {
  static_cast<void>(platform::local_day());  // while the time zone can be read
}

bool Service::fail(ProtocolError error, std::string_view sentence, std::string& out,
                   std::optional<std::uint64_t> seq, std::optional<std::uint64_t> expected) const {
  log(error);
  channel::append_error(out, error, sentence, seq, expected);
  return !channel::facts_of(error).fatal;
}

void Service::log(ProtocolError error, boost::system::error_code cause) const {
  using platform::Log;
  if (log_ == nullptr || tells_of_the_person(error)) return;
  const auto priority = error == ProtocolError::policy_changed ? Log::Priority::info
                        : channel::facts_of(error).fatal       ? Log::Priority::error
                                                               : Log::Priority::warning;
  log_->say({priority, "error_told", make_error_code(error), cause});
}

// A disk without room is not the host's fault, and passes; damage does not, and the next start sets
// it aside.
bool Service::fail_storage(const Error& error, std::string& out) const {
  if (error.code == make_error_code(spool::SpoolError::damaged) && spool_)
    spool::mark_damage(spool_->folder());
  const ProtocolError number =
      spool::means_full(error) ? ProtocolError::storage_full : ProtocolError::storage_failed;
  log(number, error.code);
  channel::append_error(out, number, error.sentence);
  return !channel::facts_of(number).fatal;
}

bool Service::on_open(std::string& out) {
  if (log_ != nullptr && !situation_.policy())
    log_->say({platform::Log::Priority::error, "policy_refused", situation_.policy().error().code});
  channel::append_hello(out);
  return true;
}

bool Service::on_frame(std::string_view frame, std::string& out) {
  if (frame.starts_with(R"({"type":"batch")")) return batch(frame, out);
  const auto message = channel::parse_message(frame);
  if (!message) {
    const auto id = channel::id_of(frame);
    return id ? fail_request(message.error(), *id, out) : on_bad_frame(message.error(), out);
  }
  if (const auto* attach_message = std::get_if<channel::Attach>(&*message))
    return attach(*attach_message, out);
  if (!stream_) return fail(ProtocolError::not_attached, "attach must come first", out);
  // What comes changes what may be kept: what came before it is settled under the old state.
  if (!on_settle(out)) return false;
  if (const auto* request = std::get_if<channel::Request>(&*message)) return answer(*request, out);
  return consent(std::get<channel::ConsentAnswer>(*message), out);
}

bool Service::on_bad_frame(const Error& error, std::string& out) {
  return fail(number_of(error, ProtocolError::frame_unreadable), error.sentence, out);
}

bool Service::on_watch(std::string& out) {
  // By the old policy nothing is deleted or sealed any more.
  house_kept_ = std::chrono::steady_clock::now();
  return on_settle(out) &&
         fail(ProtocolError::policy_changed, "the policy has changed; connect again", out);
}

bool Service::attach(const channel::Attach& message, std::string& out) {
  if (stream_)
    return fail(ProtocolError::already_attached, "this connection is attached already", out);
  // One version away is spoken to: what it says more is passed over, what it lacks has a default.
  if (message.protocol < std::max(channel::protocol_min - 1, 1) ||
      message.protocol > channel::protocol_max + 1)
    return fail(ProtocolError::protocol_unsupported,
                "the extension speaks protocol " + std::to_string(message.protocol) +
                    ", this host " + std::to_string(channel::protocol_min) + " to " +
                    std::to_string(channel::protocol_max) + "; update the older of the two",
                out);
  if (situation_.policy() && !caller_ && !situation_.policy()->allow_portal)
    return fail(ProtocolError::caller_refused,
                "the browser did not say which extension calls; set \"allow_portal\": true in "
                "policy.json if it runs behind a "
                "portal",
                out);
  if (situation_.policy() && caller_ && !may_call(*situation_.policy(), *caller_))
    return fail(ProtocolError::caller_refused,
                "the extension " + *caller_ +
                    " is not among \"extension_ids\" in policy.json; list it there if it is yours",
                out);
  if (!spool_) return fail_storage(spool_.error(), out);
  const auto stream = spool::StreamId::parse(message.stream);
  if (!stream) return fail(ProtocolError::message_invalid, "\"stream\" must be 32 hex digits", out);
  const auto next = spool_->next_seq(*stream);
  if (!next) return fail_storage(next.error(), out);
  if (auto fresh = refresh(); !fresh) return fail_storage(fresh.error(), out);
  stream_ = *stream;
  stream_text_ = message.stream;
  next_ = *next;
  return tell_policy(out);
}

bool Service::tell_policy(std::string& out) {
  const auto standing = situation_.told(*spool_);
  if (!standing) return fail_storage(standing.error(), out);
  channel::PolicyMessage message;
  if (situation_.assignment() != nullptr)
    message = policy_message(*situation_.policy(), *situation_.assignment());
  message.standing = *standing;
  message.next_seq = next_.value_or(0);
  channel::append_policy(out, message);
  note_told(*standing);
  return true;
}

bool Service::consent(const channel::ConsentAnswer& message, std::string& out) {
  const policy::Assignment* assignment = situation_.assignment();
  if (assignment == nullptr || assignment->standing() != policy::Standing::listed)
    return fail(ProtocolError::not_recording, situation_.judgement().why, out);
  if (message.digest != assignment->notice_digest().hex())
    return fail(ProtocolError::consent_stale,
                "the answer is to another notice; read this one and answer again", out);
  auto write = spool_->write();
  if (!write) return fail_storage(write.error(), out);
  const spool::Consent answer{assignment->notice_digest(), message.yes,
                              receipt(*situation_.policy(), *assignment, message.yes)};
  if (auto added = write->add_consent(answer); !added) return fail_storage(added.error(), out);
  if (auto done = write->commit(); !done) return fail_storage(done.error(), out);
  if (auto fresh = refresh(); !fresh) return fail_storage(fresh.error(), out);
  return tell_policy(out);
}

// Not at the start: the first ack does not wait for it.
bool Service::on_rest(std::string& out) {
  platform::lock_heap();
  if (!stream_ || !is_due(house_kept_, keep_house_every)) return true;
  house_kept_ = std::chrono::steady_clock::now();
  auto kept = keep_house();
  if (!kept && spool::means_full(kept.error())) {
    // It makes room, and takes some first.
    spool::Spool::spend_reserve(spool_->folder());
    kept = keep_house();
    spool_->take_reserve();
  }
  platform::release_code();
  return kept || fail_storage(kept.error(), out);
}

// A policy that is refused says neither how long anything is kept nor to whom it is sealed: then
// all stays as it is.
Result<void> Service::keep_house() {
  spool_->keep_reserve();
  if (!situation_.policy() || situation_.assignment() == nullptr) return {};
  const auto now = platform::now();
  if (!now) return now.error();
  return recorder::keep_house(*spool_, *situation_.policy(), *situation_.assignment(), *now);
}

bool Service::batch(std::string_view frame, std::string& out) {
  const auto seq = model::batch_number(frame);
  if (!stream_)
    return fail(ProtocolError::not_attached, "attach must come before batches", out, seq);
  if (!seq)
    return fail(ProtocolError::frame_unreadable, "a batch does not begin with its type and number",
                out);
  if (!takes(frame, *seq, out)) return true;
  if (next_ && *seq < *next_) {
    acks_.push_back({*seq, 0, true, {}});
    return true;
  }
  if (next_ && *seq > *next_)
    return fail(ProtocolError::batch_out_of_order,
                "a batch before this one is missing; send again from there", out, seq, next_);
  // What follows a first batch that cannot be read does not go before it.
  next_ = *seq;
  auto admitted = admission_->admit(frame, stream_text_, *seq);
  if (!admitted) return fail(ProtocolError::batch_unreadable, admitted.error().sentence, out, seq);
  next_ = *seq + 1;
  earlier_staged_ = model::is_earlier(frame) && (staged_.empty() || earlier_staged_);
  staged_.push_back(spool_->seal(*stream_, *seq, admitted->events, admitted->lines));
  acks_.push_back(
      {*seq, static_cast<std::uint64_t>(admitted->events), false, std::move(admitted->refused)});
  return true;
}

bool Service::takes(std::string_view frame, std::uint64_t seq, std::string& out) {
  if (situation_.state() == State::paused)
    // It may be over; what cannot be judged stays as it was.
    static_cast<void>(situation_.judge_again());
  if (situation_.state() == State::recording) return true;
  if (situation_.state() != State::paused) {
    static_cast<void>(fail(ProtocolError::not_recording, situation_.judgement().why, out, seq));
    return false;
  }
  if (model::is_earlier(frame) && std::chrono::steady_clock::now() - pause_told_at_ <= earlier_for)
    return true;
  static_cast<void>(fail(ProtocolError::paused, situation_.judgement().why, out, seq));
  return false;
}

// The extension hears of the pause first, sorts out what is earlier, and sends that again.
bool Service::refuse_staged(std::string& out) {
  const auto next = spool_->next_seq(*stream_);
  if (!next) return fail_storage(next.error(), out);
  next_ = *next;
  if (!tell_standing({}, out)) return false;
  for (const spool::SealedBatch& batch : staged_)
    static_cast<void>(fail(ProtocolError::paused, situation_.judgement().why, out, batch.seq));
  staged_.clear();
  return true;
}

bool Service::on_settle(std::string& out) {
  if (!staged_.empty()) {
    if (auto stored = store(); !stored) {
      if (stored.error().code == make_error_code(ProtocolError::paused)) {
        acks_.clear();
        return refuse_staged(out);
      }
      // Nothing of the group is acked: the extension keeps it and sends it to the next host.
      acks_.clear();
      if (stored.error().code == make_error_code(ProtocolError::not_recording))
        return fail(ProtocolError::policy_changed, stored.error().sentence, out);
      return fail_storage(stored.error(), out);
    }
    staged_.clear();
  }
  for (const Ack& ack : acks_)
    channel::append_ack(out, ack.seq, ack.stored, ack.duplicate, ack.refused);
  acks_.clear();
  return true;
}

Result<void> Service::store() {
  if (stored_since_look_ >= look_every) {
    stored_since_look_ = 0;
    if (is_full(*spool_, *situation_.policy()))
      return Error{spool::SpoolError::full,
                   "the policy's " + std::to_string(situation_.policy()->retention_megabytes) +
                       " megabytes are reached; nothing is recorded until bundles have left"};
  }
  auto write = spool_->write();
  if (!write) return write.error();
  // Another browser of this person may have withdrawn the consent, or (a copied profile) written to
  // this stream.
  const auto changed = spool_->changed_by_others();
  if (!changed) return changed.error();
  if (*changed)
    if (auto fresh = refresh(); !fresh) return fresh.error();
  if (situation_.state() == State::paused && !earlier_staged_)
    return Error{ProtocolError::paused, situation_.judgement().why};
  if (situation_.state() != State::recording && situation_.state() != State::paused)
    return Error{ProtocolError::not_recording, situation_.judgement().why};
  const auto next = write->next_seq(*stream_);
  if (!next) return next.error();
  if (*next && **next != staged_.front().seq)
    return Error{ProtocolError::batch_out_of_order,
                 "another process wrote to the same stream; connect again"};
  if (!terms_row_) {
    auto made = write->terms_row(situation_.terms());
    if (!made) return made.error();
    terms_row_ = *made;
  }
  if (auto read = read_clock(*write); !read) return read;
  if (auto told = tell_gaps(*write); !told) return told;
  if (auto put = write->put(staged_, *terms_row_); !put) return put;
  std::int64_t events = 0;
  for (const spool::SealedBatch& batch : staged_) {
    stored_since_look_ += batch.bytes.size();
    events += batch.events;
  }
  if (auto counted = write->count_today(platform::local_day(), events); !counted) return counted;
  return write->commit();
}

// What is held is stamped with the hold clock: it is read with the first batch, so that none is
// taken for older than it is.
Result<void> Service::read_clock(spool::Spool::Write& write) {
  if (!is_due(clock_read_, read_clock_every)) return {};
  const auto now = platform::now();
  if (!now) return now.error();
  if (auto ticked = write.tick(*now); !ticked) return ticked;
  clock_read_ = std::chrono::steady_clock::now();
  return {};
}

// What was lost on the device travels with the next batch.
Result<void> Service::tell_gaps(spool::Spool::Write& write) {
  auto gaps = write.take_gaps();
  if (!gaps) return gaps.error();
  if (gaps->empty()) return {};
  model::Ledger ledger;
  ledger.lost = std::move(*gaps);
  spool::SealedBatch& first = staged_.front();
  std::string lines;
  append_ledger_line(lines, ledger);
  auto rest = spool_->open(first);
  if (!rest) return rest.error();
  lines += *rest;
  first = spool_->seal(first.stream, first.seq, first.events, lines);
  return {};
}

}  // namespace fieldnote::recorder
