// What the host says of itself when it is started: its version, and how well it is locked in.
#include <unistd.h>

#include <boost/json/object.hpp>

#include "doctor/checks.hpp"
#include "doctor/started_host.hpp"
#include "model/strict_json.hpp"

namespace fieldnote::doctor {
namespace {

std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

void judge(const Machine& machine, const Answer& answer, Findings& out) {
  const auto hello = model::parse_strict(answer.hello, model::Comments::refused);
  const boost::json::value* version =
      hello && hello->is_object() ? hello->get_object().if_contains("host") : nullptr;
  if (version == nullptr || !version->is_string()) {
    out.push_back({Level::error, "handshake",
                   "the host was started and said no hello" +
                       (answer.log.empty() ? std::string() : ": " + first_line(answer.log)),
                   machine.reinstalling()});
    return;
  }
  const std::string is(version->get_string());
  out.push_back({Level::ok, "handshake", "the host says hello; it is version " + is, {}});
  if (is != FIELDNOTE_VERSION)
    out.push_back({Level::warning, "version",
                   "the host is version " + is + " and this command is " FIELDNOTE_VERSION,
                   machine.reinstalling() + ", and start the browser anew"});
  if (answer.log.find("landlock_abi 0") != answer.log.npos)
    out.push_back({Level::warning, "sandbox",
                   "this kernel has no Landlock: files are held back by their modes alone",
                   "use Linux 5.13 or newer, and add landlock to the kernel's lsm= list"});
  else
    out.push_back({Level::ok, "sandbox", "the host locks itself in by seccomp and Landlock", {}});
  if (answer.log.find("memory_locked 0") != answer.log.npos)
    out.push_back(
        {Level::warning, "locked_memory",
         "this account may not lock memory, so keys and events can be swapped",
         "raise LimitMEMLOCK for the session (systemd) or memlock in limits.conf(5) to 64 "
         "MB"});
}

}  // namespace

void check_handshake(const Machine& machine, const HostProgram& host, Findings& out) {
  if (host.path.empty()) return;
  if (::access(machine.at(host.path).c_str(), X_OK) != 0) return;
  const auto answer = start_host(machine.at(host.path), host.caller);
  if (!answer)
    out.push_back({Level::error, "handshake", answer.error().sentence, machine.reinstalling()});
  else
    judge(machine, *answer, out);
}

}  // namespace fieldnote::doctor
