// What was recorded on a site that the policy has taken off its lists since, or excluded, does not
// leave any more: it is deleted before the next sealing, and counted as `unlisted`.
#pragma once

#include "policy/assignment.hpp"
#include "spool/spool.hpp"

namespace fieldnote::recorder {

// Held events that were recorded under another notice than today's, and whose page no team of the
// policy lists now or a team of the person excludes. Only the route of a page is kept: what may be
// meant by an exclusion goes. Nothing goes where the person is in no team: that can be a name
// service that is away. Returns how many went.
[[nodiscard]] Result<std::int64_t> delete_unlisted(spool::Spool& spool,
                                                   const policy::Policy& policy,
                                                   const policy::Assignment& assignment);

// All that was recorded on pages of `pattern`, at the administrator's word; counted as `purged`.
[[nodiscard]] Result<std::int64_t> purge_site(spool::Spool& spool,
                                              const policy::SitePattern& pattern);

}  // namespace fieldnote::recorder
