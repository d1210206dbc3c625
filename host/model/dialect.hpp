// Lines of the dialect in which outlines are held: those of Playwright's ARIA snapshots for agents,
// which are YAML as far as it is used there.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fieldnote::model {

// `- checkbox "Send a copy" [checked] [ref=e12]: text`
struct DialectLine {
  std::size_t depth = 0;
  std::string role;  // "text", and "/url", "/placeholder" of the line above
  std::optional<std::string> name;
  std::string marks;                 // " [checked] [ref=e12]"
  std::optional<std::string> value;  // what stands behind the colon
  bool opens = false;                // there is a colon, and what it holds stands below
};

// Nothing where it is no such line.
[[nodiscard]] std::optional<DialectLine> read_dialect_line(std::string_view line);

// Without a line feed.
void append_dialect_line(std::string& out, const DialectLine& line);

// As YAML quotes them where it must.
void append_dialect_key(std::string& out, std::string_view key);
void append_dialect_value(std::string& out, std::string_view value);

}  // namespace fieldnote::model
