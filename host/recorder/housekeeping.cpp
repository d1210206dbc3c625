#include "recorder/housekeeping.hpp"

#include "recorder/sealer.hpp"
#include "recorder/unlisted.hpp"

namespace fieldnote::recorder {
namespace {

Result<void> delete_expired(spool::Spool& spool, const policy::Policy& policy,
                            const platform::Moment& now) {
  auto write = spool.write();
  if (!write) return write.error();
  if (auto ticked = write->tick(now); !ticked) return ticked;
  const auto deleted = write->delete_older_than(std::chrono::days(policy.retention_days));
  if (!deleted) return deleted.error();
  if (*deleted > 0)
    if (auto counted = write->add_gap("retention", *deleted); !counted) return counted;
  if (auto done = write->commit(); !done) return done;
  if (*deleted == 0) return {};
  const auto gone = spool.give_back();
  return gone ? Result<void>() : gone.error();
}

}  // namespace

Result<void> keep_house(spool::Spool& spool, const policy::Policy& policy,
                        const policy::Assignment& assignment, const platform::Moment& now) {
  if (auto deleted = delete_expired(spool, policy, now); !deleted) return deleted;
  if (auto left = delete_unlisted(spool, policy, assignment); !left) return left.error();
  const auto sealed = Sealer(spool, policy.keys()).seal_due();
  return sealed ? Result<void>() : sealed.error();
}

bool is_full(const spool::Spool& spool, const policy::Policy& policy) {
  return spool.bytes_on_disk() >= std::uint64_t{policy.retention_megabytes} << 20;
}

}  // namespace fieldnote::recorder
