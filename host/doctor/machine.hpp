// The machine that is looked at. Every path goes through `at`, so that a tree that is not the
// running system can be looked at as well: an image before it is rolled out, or a test's.
#pragma once

#include <optional>
#include <string>

#include "platform/account.hpp"
#include "platform/file.hpp"

namespace fieldnote::doctor {

namespace fs = platform::fs;

struct Machine {
  fs::path root = "/";
  fs::path home;   // as the account sees it, below `root`
  fs::path state;  // the state folder, likewise
  fs::path policy = "/etc/fieldnote";
  platform::Account account;

  [[nodiscard]] fs::path at(const fs::path& path) const { return root / path.relative_path(); }
  [[nodiscard]] bool has(const fs::path& path) const;
  // The text of a file of at most 4 MiB; nothing where it cannot be read.
  [[nodiscard]] std::optional<std::string> text(const fs::path& path) const;
  // The command by which this system installs Fieldnote's package once more.
  [[nodiscard]] std::string reinstalling() const;
};

// The running system, as its account sees it.
[[nodiscard]] Result<Machine> this_machine(const fs::path& policy);

}  // namespace fieldnote::doctor
