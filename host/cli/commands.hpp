// The subcommands of `fieldnote`, one file each. A command is added to the program's parser and,
// when it was called, leaves its exit code behind.
#pragma once

#include <CLI/App.hpp>

namespace fieldnote::cli {

enum class Exit : int {
  good = 0,
  failed = 1,  // nothing was done, and why was said
  partly = 2,  // done, and something is named that has to be looked at
};

void add_keys(CLI::App& program, Exit& exit);
void add_policy(CLI::App& program, Exit& exit);
void add_held(CLI::App& program, Exit& exit);
void add_delete(CLI::App& program, Exit& exit);
void add_pause(CLI::App& program, Exit& exit);  // and resume
void add_task(CLI::App& program, Exit& exit);
void add_withdraw(CLI::App& program, Exit& exit);
void add_mine(CLI::App& program, Exit& exit);
void add_status(CLI::App& program, Exit& exit);
void add_purge(CLI::App& program, Exit& exit);
void add_redact(CLI::App& program, Exit& exit);
void add_seal(CLI::App& program, Exit& exit);
void add_ship(CLI::App& program, Exit& exit);
void add_verify(CLI::App& program, Exit& exit);
void add_export(CLI::App& program, Exit& exit);
void add_dataset(CLI::App& program, Exit& exit);
void add_vocabulary(CLI::App& program, Exit& exit);
void add_show(CLI::App& program, Exit& exit);
void add_doctor(CLI::App& program, Exit& exit);
void add_simulate(CLI::App& program, Exit& exit);

}  // namespace fieldnote::cli
