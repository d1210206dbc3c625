// The host's side of a connection: who is there, whether they may be recorded, batches into the
// spool, and what the person asks. Frames that come together are committed together and acked after
// the commit. Not thread-safe.
#pragma once

#include <chrono>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "channel/connection.hpp"
#include "channel/message.hpp"
#include "platform/log.hpp"
#include "recorder/admission.hpp"
#include "recorder/situation.hpp"
#include "spool/spool.hpp"

namespace fieldnote::recorder {

class Service final : public channel::Session {
 public:
  // `caller`: the id of the extension that started the host, where the browser named one.
  // `log`: hears the names of errors, none of what the person chose; may be none.
  Service(Result<policy::Policy> policy, platform::Account account, Result<spool::Spool> spool,
          std::optional<std::string> caller, platform::Log* log = nullptr);

  [[nodiscard]] bool on_open(std::string& out) override;
  [[nodiscard]] bool on_frame(std::string_view frame, std::string& out) override;
  [[nodiscard]] bool on_bad_frame(const Error& error, std::string& out) override;
  [[nodiscard]] bool on_settle(std::string& out) override;
  [[nodiscard]] bool on_watch(std::string& out) override;
  [[nodiscard]] bool on_news(std::string& out) override;
  [[nodiscard]] std::optional<std::chrono::milliseconds> look_in() const override;
  [[nodiscard]] bool on_rest(std::string& out) override;

 private:
  struct Ack {
    std::uint64_t seq;
    std::uint64_t stored;
    bool duplicate;
    model::Ledger::Counts refused;
  };
  using Id = std::optional<std::int64_t>;

  bool attach(const channel::Attach& message, std::string& out);
  bool consent(const channel::ConsentAnswer& message, std::string& out);
  bool tell_policy(std::string& out);
  bool batch(std::string_view frame, std::string& out);
  // Whether a batch may be taken now; says it where not.
  bool takes(std::string_view frame, std::uint64_t seq, std::string& out);
  // The group was not stored: somebody has paused meanwhile.
  bool refuse_staged(std::string& out);
  [[nodiscard]] Result<void> store();
  [[nodiscard]] Result<void> read_clock(spool::Spool::Write& write);
  [[nodiscard]] Result<void> tell_gaps(spool::Spool::Write& write);
  [[nodiscard]] Result<void> keep_house();

  bool answer(const channel::Request& request, std::string& out);
  bool answer_with_held(std::string_view type, std::int64_t id, boost::json::object answer,
                        std::string& out);
  bool answer_delete(const channel::DeleteRequest& request, std::int64_t id, std::string& out);
  bool answer_label(const channel::LabelRequest& request, std::int64_t id, std::string& out);
  bool answer_seal(std::int64_t id, std::string& out);
  bool answer_withdraw(const channel::WithdrawRequest& request, std::int64_t id, std::string& out);
  // After something was set: everything is read again, and told.
  bool answer_standing(const Result<void>& done, std::int64_t id, std::string& out);
  [[nodiscard]] Result<void> refresh();
  // Tells how things stand, if that is news or somebody asked.
  bool tell_standing(Id id, std::string& out);
  void note_told(const channel::StandingNow& standing);

  bool fail(channel::ProtocolError error, std::string_view sentence, std::string& out,
            std::optional<std::uint64_t> seq = {},
            std::optional<std::uint64_t> expected = {}) const;
  bool fail_request(const Error& error, std::int64_t id, std::string& out) const;
  bool fail_storage(const Error& error, std::string& out) const;
  void log(channel::ProtocolError error, boost::system::error_code cause = {}) const;

  Situation situation_;
  Result<spool::Spool> spool_;
  std::optional<std::string> caller_;
  platform::Log* log_;
  std::optional<Admission> admission_;
  std::optional<std::int64_t> terms_row_;

  std::optional<spool::StreamId> stream_;
  std::string stream_text_;
  std::optional<std::uint64_t> next_;  // expected next of the stream, staged batches included
  std::vector<spool::SealedBatch> staged_;
  bool earlier_staged_ = false;  // all that is staged was recorded before the pause that is on
  std::vector<Ack> acks_;

  std::string told_;        // how things stood when the extension heard of it last
  std::string pause_told_;  // when the pause began that it heard of
  std::chrono::steady_clock::time_point pause_told_at_;

  std::optional<std::chrono::steady_clock::time_point> clock_read_, house_kept_;
  std::size_t stored_since_look_ =
      std::numeric_limits<std::size_t>::max() / 2;  // the first batch looks
};

}  // namespace fieldnote::recorder
