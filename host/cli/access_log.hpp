// `access.jsonl`: who opened which bundles, when and what for, one JSON object a line, added before
// anything is opened and again when it is done. The organisation keeps it; no dataset has it.
#pragma once

#include <CLI/App.hpp>
#include <boost/json/object.hpp>
#include <string>

#include "cli/identity.hpp"
#include "platform/file.hpp"

namespace fieldnote::cli {

struct AccessOptions {
  std::string reason;
  std::string file;  // empty: `access.jsonl` beside the identity
};

// --reason, which must be given where something is always opened, and --access-log.
void add_access(CLI::App& command, AccessOptions& options, Needed needed = Needed::always);

class AccessLog {
 public:
  // Fails where nothing can be added, or no reason is given: then nothing is to be opened.
  [[nodiscard]] static Result<AccessLog> open(const AccessOptions& options,
                                              const IdentitySource& identity);

  // Adds a line with account, time and reason before `what`; durable when it returns.
  [[nodiscard]] Result<void> add(boost::json::object what);

 private:
  AccessLog(platform::Descriptor file, std::string name, std::string account, std::string reason)
      : file_(std::move(file)),
        name_(std::move(name)),
        account_(std::move(account)),
        reason_(std::move(reason)) {}

  platform::Descriptor file_;
  std::string name_, account_, reason_;
};

}  // namespace fieldnote::cli
