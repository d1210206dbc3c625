// make_reference FORM DATE OUT: writes the man page and the completions of `fieldnote` to OUT, from
// the parser that it runs by. Runs when packages are built, and is not installed.
#include <cerrno>
#include <fstream>
#include <iostream>

#include "cli/program.hpp"
#include "cli/reference/command.hpp"
#include "platform/file.hpp"

namespace {

using namespace fieldnote;

void write(const platform::fs::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::trunc);
  if (!(file << text).flush()) throw std::runtime_error("cannot write " + path.string());
}

}  // namespace

int main(int argc, char** argv) {
  try {
    if (argc != 4) throw std::runtime_error("wants FORM DATE OUT");
    const auto form = platform::read_all(argv[1], 1 << 20);
    if (!form) throw std::runtime_error(form.error().sentence);
    cli::Exit exit = cli::Exit::good;
    const auto parser = cli::make_program(exit);
    const cli::Command program = cli::command_of(*parser);
    const platform::fs::path out = argv[3];
    platform::fs::create_directories(out);
    write(out / "fieldnote.1", cli::man_page(program, *form, argv[2]));
    write(out / "fieldnote.bash", cli::bash_completion(program));
    write(out / "_fieldnote", cli::zsh_completion(program));
    write(out / "fieldnote.fish", cli::fish_completion(program));
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "make_reference: " << error.what() << '\n';
    return 1;
  }
}
