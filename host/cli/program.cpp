#include "cli/program.hpp"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

namespace fieldnote::cli {
namespace {

// In our form, and with the command that was meant.
std::string complaint(const CLI::App* program, const CLI::Error& error) {
  std::string command = program->get_name();
  for (const CLI::App* at = program; !at->get_subcommands().empty();) {
    at = at->get_subcommands().front();
    command += ' ' + at->get_name();
  }
  return "fieldnote: " + std::string(error.what()) + "\nSee `" + command + " --help`.\n";
}

}  // namespace

std::unique_ptr<CLI::App> make_program(Exit& exit) {
  auto program = std::make_unique<CLI::App>(
      "Fieldnote records how people work in internal web tools, with their knowledge and "
      "consent, and turns\n"
      "it into training data for web agents.",
      "fieldnote");
  program->set_version_flag("--version", "fieldnote " FIELDNOTE_VERSION);
  program->require_subcommand(1);
  program->failure_message(complaint);
  program->footer(
      "Exit codes: 0 done, 1 not done (why is said), 2 done but for what is named.\n"
      "`fieldnote COMMAND --help` tells more.");
  add_keys(*program, exit);
  add_policy(*program, exit);
  add_status(*program, exit);
  add_pause(*program, exit);
  add_task(*program, exit);
  add_held(*program, exit);
  add_delete(*program, exit);
  add_mine(*program, exit);
  add_withdraw(*program, exit);
  add_seal(*program, exit);
  add_ship(*program, exit);
  add_purge(*program, exit);
  add_verify(*program, exit);
  add_export(*program, exit);
  add_doctor(*program, exit);
  add_redact(*program, exit);
  add_vocabulary(*program, exit);
  add_dataset(*program, exit);
  add_show(*program, exit);
  add_simulate(*program, exit);
  return program;
}

}  // namespace fieldnote::cli
