// Held batches to bundles for the organisation. The table of bundles is the truth: a file without a
// row is no bundle, a row whose file has not got its name yet gets it at the next sealing. Several
// processes may seal at once: they queue.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "model/asked_back.hpp"
#include "recorder/bundle_writer.hpp"
#include "seal/participant_key.hpp"
#include "seal/x25519_recipient.hpp"
#include "spool/spool.hpp"

namespace fieldnote::recorder {

struct SealReport {
  std::vector<spool::BundleRow> bundles;  // made now
  std::int64_t events = 0;
  // Rows that stay held, and why, where that is so.
  std::vector<std::string> left;
};

class Sealer {
 public:
  // Plaintext of one bundle at the most, save that a batch is never split.
  static constexpr std::size_t bundle_bytes = 4 << 20;

  // `allowed`: the organisation's recipients today. A batch is sealed to those of them that were
  // named when it was recorded: neither a key that the person never agreed to nor one that the
  // organisation gave up can open it.
  Sealer(spool::Spool& spool, std::vector<seal::X25519Recipient> allowed);

  // All that is held, at the person's wish; waits for another sealing to end. `progress`: called
  // with the events so far.
  [[nodiscard]] Result<SealReport> seal_all(const std::function<void(std::int64_t)>& progress);

  // A bundle without events that asks for what was sealed before it (recorder/withdrawal).
  // Nothing where nothing was sealed.
  [[nodiscard]] Result<std::optional<spool::BundleRow>> seal_asking(const model::AskedBack& scope,
                                                                    const spool::Terms& terms);

  // What was held for its review window, and of which the person was told at a start of the browser
  // that it waits; nothing after they have said no. Leaves it to the other where somebody is
  // sealing already.
  [[nodiscard]] Result<SealReport> seal_due();

 private:
  struct Group;
  enum class Which { all, due };
  [[nodiscard]] Result<SealReport> seal(Which which,
                                        const std::function<void(std::int64_t)>& progress);
  [[nodiscard]] Result<void> settle_names();
  [[nodiscard]] Result<Group> next_group(std::int64_t after, Which which);
  [[nodiscard]] Result<spool::BundleRow> last_bundle();
  [[nodiscard]] Result<void> keep_chain(const spool::BundleRow& row);
  [[nodiscard]] Result<bool> is_due(const spool::HeldRow& row);
  [[nodiscard]] Result<std::vector<spool::Task>> tasks_of(
      const std::set<std::string, std::less<>>& cited);
  // Numbers, writes and signs a bundle; `take_out` says in the same transaction whether it may be.
  [[nodiscard]] Result<std::optional<spool::BundleRow>> write_one(
      BundleContent& content, const seal::ParticipantKey& key,
      std::span<const seal::X25519Recipient> recipients,
      const std::function<Result<bool>(spool::Spool::Write&)>& take_out);
  [[nodiscard]] Result<std::optional<spool::BundleRow>> seal_group(const Group& group,
                                                                   const seal::ParticipantKey& key,
                                                                   SealReport& report);

  spool::Spool& spool_;
  std::vector<seal::X25519Recipient> allowed_;
  platform::fs::path folder_;
  std::map<std::int64_t, spool::Terms> terms_;
  std::int64_t told_ = 0;
};

}  // namespace fieldnote::recorder
