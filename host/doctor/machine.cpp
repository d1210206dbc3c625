#include "doctor/machine.hpp"

#include <cstdlib>

#include "platform/paths.hpp"

namespace fieldnote::doctor {
namespace {

constexpr std::size_t max_bytes = 4 << 20;

}  // namespace

bool Machine::has(const fs::path& path) const {
  std::error_code failed;
  return fs::exists(at(path), failed);
}

std::optional<std::string> Machine::text(const fs::path& path) const {
  auto read = platform::read_all(at(path), max_bytes);
  if (!read) return std::nullopt;
  return std::move(*read);
}

std::string Machine::reinstalling() const {
  return has("/usr/bin/dnf") ? "dnf reinstall fieldnote" : "apt-get install --reinstall fieldnote";
}

Result<Machine> this_machine(const fs::path& policy) {
  Machine machine;
  auto account = platform::current_account();
  if (!account) return account.error();
  machine.account = std::move(*account);
  auto state = platform::state_folder();
  if (!state) return state.error();
  machine.state = std::move(*state);
  const char* home = std::getenv("HOME");
  machine.home = home != nullptr ? home : "/";
  std::error_code failed;
  machine.policy = fs::absolute(policy, failed).lexically_normal();
  return machine;
}

}  // namespace fieldnote::doctor
