// The organisation's secret key, where a command opens bundles: a file, a file under a passphrase
// (age's scrypt), or what another program prints, as one that asks a key store.
#pragma once

#include <CLI/App.hpp>
#include <string>
#include <vector>

#include "seal/x25519_identity.hpp"

namespace fieldnote::cli {

struct IdentitySource {
  std::string file;
  std::string command;
  [[nodiscard]] bool is_given() const { return !file.empty() || !command.empty(); }
};

enum class Needed { always, sometimes };

// --identity and --identity-command, one of which must be given, or at most one.
void add_identity(CLI::App& command, IdentitySource& source, Needed needed = Needed::always);

[[nodiscard]] Result<std::vector<seal::X25519Identity>> read_identities(
    const IdentitySource& source);

}  // namespace fieldnote::cli
