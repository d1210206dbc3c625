#include "doctor/checks.hpp"
#include "platform/log.hpp"

namespace fieldnote::doctor {

void check_log(const Machine& machine, Findings& out) {
  const platform::Log log(machine.at(platform::journal_socket));
  out.push_back({Level::ok,
                 "log",
                 log.reaches_journal()
                     ? "the host logs to the journal; to read it: journalctl -t fieldnote-host"
                     : "no journal listens here: the host logs to its browser's standard error",
                 {}});
}

}  // namespace fieldnote::doctor
