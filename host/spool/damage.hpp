// A damaged database is set aside, never repaired and never deleted: its files get a dated name,
// and a new one begins. What recording needs to go on is carried over where it can still be read:
// the last answer to a notice, and the numbers of the bundles, so that their chain goes on.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <utility>

#include "platform/lock.hpp"
#include "spool/sqlite.hpp"

namespace fieldnote::spool {

// How long a start waits for others who write; a host must not outlive its browser because of them.
inline constexpr std::chrono::milliseconds longest_wait_to_open{1500};
[[nodiscard]] Error busy(const platform::fs::path& folder);

// Damage that shows while a spool is open is marked, so that the next start sets it aside.
void mark_damage(const platform::fs::path& folder);
[[nodiscard]] bool damage_is_marked(const platform::fs::path& folder);

// Which file the database is, to tell it from its successor under the same name.
using FileIdentity = std::pair<dev_t, ino_t>;
[[nodiscard]] std::optional<FileIdentity> database_identity(const platform::fs::path& folder);

// If the database is still this one: moves spool.db, its log and the mark away under
// `spool.db.damaged-YYYYMMDD-HHMMSS`.
[[nodiscard]] Result<void> set_aside(const platform::fs::path& folder,
                                     const std::optional<FileIdentity>& damaged);

// Into a new database, if one was just set aside: consent, bundles, and the gap itself. Else
// nothing.
[[nodiscard]] Result<void> carry_over(const platform::fs::path& folder, Database& database);

}  // namespace fieldnote::spool
