// Held batches to bundles for the organisation. The table of bundles is the truth: a file without a
// row is no bundle, a row whose file has not got its name yet gets it at the next sealing. Several
// processes may seal at once: they queue.
#pragma once

#include <functional>
#include <string>
#include <vector>

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

  // Seals all that is held. `progress`: called with the events sealed so far.
  [[nodiscard]] Result<SealReport> seal_all(const std::function<void(std::int64_t)>& progress);

 private:
  struct Group;
  [[nodiscard]] Result<void> settle_names();
  [[nodiscard]] Result<Group> next_group(std::int64_t after);
  [[nodiscard]] Result<std::optional<spool::BundleRow>> seal_group(const Group& group,
                                                                   const seal::ParticipantKey& key,
                                                                   SealReport& report);

  spool::Spool& spool_;
  std::vector<seal::X25519Recipient> allowed_;
  platform::fs::path folder_;
};

}  // namespace fieldnote::recorder
