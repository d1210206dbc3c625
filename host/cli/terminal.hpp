// What people see: colours where a terminal has them (https://no-color.org), a progress line where
// work takes longer than a second, tables that fit, texts that cannot play tricks on a terminal.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cli/commands.hpp"
#include "platform/error.hpp"

namespace fieldnote::cli {

enum class Style { plain, bold, dim, red, green, yellow, cyan };

// `text` in a style, if standard output is a terminal that wants colours.
[[nodiscard]] std::string styled(std::string_view text, Style style);

// Prints one sentence to standard error; returns Exit::failed.
Exit fail(const Error& error);
Exit fail(std::string_view sentence);

// Control characters replaced: a page's text must not move the cursor.
[[nodiscard]] std::string printable(std::string_view text);

// Prints rows in columns; the first row is the head. Columns are cut so that a line fits the
// terminal.
void print_table(const std::vector<std::vector<std::string>>& rows);

// "1 step", "2 steps"
[[nodiscard]] std::string counted(std::uint64_t count, std::string_view thing);

// A line on standard error that is rewritten as work goes on; silent for the first second and where
// nobody watches.
class Progress {
 public:
  explicit Progress(std::string what) : what_(std::move(what)) {}
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  // So much was done before: its rate and the time left are of the rest.
  void begin_at(std::uint64_t done) {
    before_ = done;
    begin_ = std::chrono::steady_clock::now();
  }
  // `of`: 0 where it is not known.
  void update(std::uint64_t done, std::uint64_t of, std::string_view unit);

 private:
  std::string what_;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point shown_ = begin_;
  bool visible_ = false;
  std::uint64_t before_ = 0;
};

}  // namespace fieldnote::cli
