#include <sstream>

#include "doctor/checks.hpp"

namespace fieldnote::doctor {
namespace {

// Compressed memory, or a device of dm-crypt.
bool is_safe(const Machine& machine, const fs::path& device) {
  const std::string name = device.filename().string();
  if (name.starts_with("zram")) return true;
  const auto uuid = machine.text("/sys/block/" + name + "/dm/uuid");
  return uuid && uuid->starts_with("CRYPT-");
}

}  // namespace

void check_swap(const Machine& machine, Findings& out) {
  const auto text = machine.text("/proc/swaps");
  if (!text) return;
  std::istringstream lines(*text);
  std::string line;
  std::getline(lines, line);  // the head
  bool any = false;
  while (std::getline(lines, line)) {
    const std::string device = line.substr(0, line.find_first_of(" \t"));
    if (device.empty() || is_safe(machine, device)) continue;
    any = true;
    out.push_back({Level::warning, "swap",
                   device + " may not be encrypted: memory of the browser can lie there in clear",
                   "swapoff " + device + ", and encrypt it (crypttab(5)) or use zram"});
  }
  if (!any) out.push_back({Level::ok, "swap", "no swap that lies in clear", {}});
}

}  // namespace fieldnote::doctor
