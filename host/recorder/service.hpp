// The host's side of a connection: who is there, whether they may be recorded, and batches into the
// spool. Frames that come together are committed together and acked after the commit. Not
// thread-safe.
#pragma once

#include <chrono>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "channel/connection.hpp"
#include "channel/message.hpp"
#include "recorder/admission.hpp"
#include "recorder/standing.hpp"
#include "spool/spool.hpp"

namespace fieldnote::recorder {

class Service final : public channel::Session {
 public:
  // `caller`: the id of the extension that started the host, where the browser named one.
  Service(Result<policy::Policy> policy, platform::Account account, Result<spool::Spool> spool,
          std::optional<std::string> caller);

  [[nodiscard]] bool on_open(std::string& out) override;
  [[nodiscard]] bool on_frame(std::string_view frame, std::string& out) override;
  [[nodiscard]] bool on_bad_frame(const Error& error, std::string& out) override;
  [[nodiscard]] bool on_settle(std::string& out) override;
  [[nodiscard]] bool on_watch(std::string& out) override;
  [[nodiscard]] bool on_rest(std::string& out) override;

 private:
  struct Ack {
    std::uint64_t seq;
    std::uint64_t stored;
    bool duplicate;
    model::Ledger::Counts refused;
  };

  bool attach(const channel::Attach& message, std::string& out);
  bool consent(const channel::ConsentAnswer& message, std::string& out);
  bool batch(std::string_view frame, std::string& out);
  // Reads the last answer again and judges anew.
  [[nodiscard]] Result<void> refresh();
  [[nodiscard]] Result<void> keep_house();
  [[nodiscard]] Result<void> store();
  [[nodiscard]] Result<void> read_clock(spool::Spool::Write& write);
  [[nodiscard]] Result<void> tell_gaps(spool::Spool::Write& write);
  [[nodiscard]] spool::Terms terms() const;
  [[nodiscard]] channel::PolicyMessage policy_message() const;
  bool fail(channel::ProtocolError error, std::string_view sentence, std::string& out,
            std::optional<std::uint64_t> seq = {},
            std::optional<std::uint64_t> expected = {}) const;

  bool fail_storage(const Error& error, std::string& out) const;

  Result<policy::Policy> policy_;
  platform::Account account_;
  Result<spool::Spool> spool_;
  std::optional<std::string> caller_;

  std::optional<policy::Assignment> assignment_;
  std::optional<spool::Consent> consent_;
  Judgement judgement_;
  std::optional<Admission> admission_;
  std::optional<std::int64_t> terms_row_;

  std::optional<spool::StreamId> stream_;
  std::string stream_text_;
  std::optional<std::uint64_t> next_;  // expected next of the stream, staged batches included
  std::vector<spool::SealedBatch> staged_;
  std::vector<Ack> acks_;
  std::optional<std::chrono::steady_clock::time_point> clock_read_, house_kept_;
  std::size_t stored_since_look_ =
      std::numeric_limits<std::size_t>::max() / 2;  // the first batch looks
};

}  // namespace fieldnote::recorder
