// fieldnote keys: the organisation's key pair, and the participant's key for its roster.
#include <iostream>
#include <memory>

#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include "platform/file.hpp"
#include "platform/paths.hpp"
#include "seal/participant_key.hpp"
#include "seal/x25519_identity.hpp"

namespace fieldnote::cli {
namespace {

Exit make_key(const std::string& path) {
  const seal::X25519Identity identity = seal::X25519Identity::generate();
  const std::string recipient = identity.recipient().text();
  auto file = platform::DurableFile::create(path, 0600);
  if (!file) return fail(file.error());
  const seal::SecretText secret = identity.text();
  const std::string head =
      "# Fieldnote: the organisation's secret key. Who has it can read every bundle.\n# public "
      "key: " +
      recipient + '\n';
  for (const std::string_view part :
       {std::string_view(head), secret.view(), std::string_view("\n")})
    if (auto written = file->write(platform::as_bytes(part)); !written)
      return fail(written.error());
  if (auto done = file->commit(); !done) {
    if (done.error().code == boost::system::errc::file_exists)
      return fail(path + ": is there already; a key is never written over, name another file");
    return fail(done.error());
  }
  std::cout << recipient << '\n';
  std::cerr << "The secret key is in " << path
            << ": keep it off the recorded computers, and keep a copy safe.\n"
            << "The line above goes into \"recipients\" in policy.json (fingerprint "
            << identity.recipient().fingerprint() << ").\n";
  return Exit::good;
}

Exit print_participant() {
  const auto folder = platform::state_folder();
  if (!folder) return fail(folder.error());
  if (auto made = platform::make_private_folder(*folder); !made) return fail(made.error());
  const auto key = seal::ParticipantKey::load_or_create(*folder / "participant.key");
  if (!key) return fail(key.error());
  std::cout << key->public_key().text() << '\n';
  return Exit::good;
}

}  // namespace

void add_keys(CLI::App& program, Exit& exit) {
  CLI::App* keys = program.add_subcommand("keys", "The organisation's keys, and the participant's");
  keys->require_subcommand(1);
  CLI::App* make = keys->add_subcommand(
      "new", "Makes a key pair: prints the public key, writes the secret one to a file");
  auto path = std::make_shared<std::string>("organisation.key");
  make->add_option("-o,--out", *path, "Where the secret key goes; an age identity file")
      ->capture_default_str();
  make->callback([path, &exit] { exit = make_key(*path); });
  keys->add_subcommand(
          "participant",
          "Prints this account's participant key, which the organisation's roster lists")
      ->callback([&exit] { exit = print_participant(); });
}

}  // namespace fieldnote::cli
