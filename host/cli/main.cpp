// `fieldnote`: what administrators, participants and ML engineers type.
#include <exception>
#include <iostream>

#include "cli/program.hpp"
#include "cli/terminal.hpp"

int main(int argc, char** argv) {
  using namespace fieldnote::cli;
  try {
    Exit exit = Exit::good;
    const auto program = make_program(exit);
    if (argc < 2) {
      std::cout << program->help();
      return static_cast<int>(Exit::failed);
    }
    try {
      program->parse(argc, argv);
    } catch (const CLI::ParseError& error) {
      // CLI11 has many codes of its own; ours are three.
      return program->exit(error) == 0 ? 0 : static_cast<int>(Exit::failed);
    }
    return static_cast<int>(exit);
  } catch (const std::exception& error) {
    return static_cast<int>(fail(error.what()));
  }
}
