#include "cli/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <iostream>

namespace fieldnote::cli {
namespace {

constexpr std::size_t width_of_a_file = 160;

bool wants_colour(int fd) {
  const char* no_colour = std::getenv("NO_COLOR");
  return ::isatty(fd) == 1 && (no_colour == nullptr || *no_colour == '\0');
}

std::string_view code(Style style) {
  switch (style) {
    case Style::bold:
      return "\033[1m";
    case Style::dim:
      return "\033[2m";
    case Style::red:
      return "\033[31m";
    case Style::green:
      return "\033[32m";
    case Style::yellow:
      return "\033[33m";
    case Style::cyan:
      return "\033[36m";
    case Style::plain:
      break;
  }
  return "";
}

std::size_t terminal_width() {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40) return size.ws_col;
  return width_of_a_file;
}

bool begins_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
}

// Code points, which is what a column holds of the texts that we print.
std::size_t length(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_character));
}

std::string cut(std::string_view text, std::size_t most) {
  if (length(text) <= most) return std::string(text);
  std::size_t at = 0;
  for (std::size_t seen = 0; at < text.size(); ++at)
    if (begins_character(text[at]) && ++seen == most) break;
  return std::string(text.substr(0, at)) + "…";
}

// The widest columns give way first.
std::vector<std::size_t> column_widths(const std::vector<std::vector<std::string>>& rows,
                                       std::size_t room) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], length(row[i]));
  }
  std::size_t sum = 2 * widths.size();
  for (const std::size_t width : widths) sum += width;
  while (sum > room && !widths.empty()) {
    auto widest = std::max_element(widths.begin(), widths.end());
    if (*widest <= 8) break;
    --*widest;
    --sum;
  }
  return widths;
}

}  // namespace

std::string styled(std::string_view text, Style style) {
  static const bool colour = wants_colour(STDOUT_FILENO);
  if (!colour || style == Style::plain) return std::string(text);
  return std::string(code(style)) + std::string(text) + "\033[0m";
}

Exit fail(const Error& error) {
  return fail(error.sentence);
}

Exit fail(std::string_view sentence) {
  const bool colour = wants_colour(STDERR_FILENO);
  std::cerr << (colour ? "\033[31mfieldnote:\033[0m " : "fieldnote: ") << printable(sentence)
            << '\n';
  return Exit::failed;
}

std::string printable(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    // C1 controls are 0xC2 0x80-0x9F in UTF-8.
    const bool c1 =
        c == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
    if (c < 0x20 || c == 0x7F || c1) {
      out += ' ';
      if (c1) ++i;
    } else {
      out += text[i];
    }
  }
  return out;
}

void print_table(const std::vector<std::vector<std::string>>& rows) {
  const auto widths = column_widths(rows, terminal_width());
  for (std::size_t r = 0; r < rows.size(); ++r) {
    std::string line;
    for (std::size_t i = 0; i < rows[r].size(); ++i) {
      const std::string cell = cut(rows[r][i], widths[i]);
      line += cell;
      if (i + 1 < rows[r].size()) line.append(widths[i] - length(cell) + 2, ' ');
    }
    std::cout << styled(line, r == 0 ? Style::bold : Style::plain) << '\n';
  }
}

std::string counted(std::uint64_t count, std::string_view thing) {
  std::string text = std::to_string(count) + ' ' + std::string(thing);
  if (count == 1) return text;
  if (thing.ends_with('y')) return text.substr(0, text.size() - 1) + "ies";
  return text + (thing.ends_with("ch") ? "es" : "s");
}

void Progress::update(std::uint64_t done, std::uint64_t of, std::string_view unit) {
  using namespace std::chrono;
  const auto now = steady_clock::now();
  if (::isatty(STDERR_FILENO) != 1 || now - begin_ < 1s || now - shown_ < 100ms) return;
  shown_ = now;
  visible_ = true;
  const double seconds = duration<double>(now - begin_).count();
  std::array<char, 160> line{};
  if (of > 0 && done > before_)
    std::snprintf(
        line.data(), line.size(), "\r\033[K%s: %llu of %llu %.*s, %.0f a second, %.0f s left",
        what_.c_str(), static_cast<unsigned long long>(done), static_cast<unsigned long long>(of),
        static_cast<int>(unit.size()), unit.data(), static_cast<double>(done - before_) / seconds,
        seconds / static_cast<double>(done - before_) * static_cast<double>(of - done));
  else
    std::snprintf(line.data(), line.size(), "\r\033[K%s: %llu %.*s", what_.c_str(),
                  static_cast<unsigned long long>(done), static_cast<int>(unit.size()),
                  unit.data());
  std::cerr << line.data() << std::flush;
}

Progress::~Progress() {
  if (visible_) std::cerr << "\r\033[K" << std::flush;
}

}  // namespace fieldnote::cli
