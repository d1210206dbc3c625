// `fieldnote`: what administrators, participants and ML engineers type.
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <exception>
#include <iostream>

#include "cli/commands.hpp"
#include "cli/terminal.hpp"

int main(int argc, char** argv) {
  using namespace fieldnote::cli;
  try {
    CLI::App program{
        "Fieldnote records how people work in internal web tools, with their knowledge and "
        "consent, and turns\n"
        "it into training data for web agents.",
        "fieldnote"};
    program.set_version_flag("--version", "fieldnote " FIELDNOTE_VERSION);
    program.require_subcommand(1);
    program.footer(
        "Exit codes: 0 done, 1 not done (why is said), 2 done but for what is named.\n"
        "`fieldnote COMMAND --help` tells more.");
    Exit exit = Exit::good;
    add_keys(program, exit);
    add_policy(program, exit);
    add_status(program, exit);
    add_pause(program, exit);
    add_task(program, exit);
    add_held(program, exit);
    add_delete(program, exit);
    add_mine(program, exit);
    add_withdraw(program, exit);
    add_seal(program, exit);
    add_ship(program, exit);
    add_verify(program, exit);
    add_export(program, exit);
    add_redact(program, exit);
    add_show(program, exit);
    add_simulate(program, exit);
    if (argc < 2) {
      std::cout << program.help();
      return static_cast<int>(Exit::failed);
    }
    try {
      program.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
      // CLI11 has many codes of its own; ours are three.
      return program.exit(error) == 0 ? 0 : static_cast<int>(Exit::failed);
    }
    return static_cast<int>(exit);
  } catch (const std::exception& error) {
    return static_cast<int>(fail(error.what()));
  }
}
