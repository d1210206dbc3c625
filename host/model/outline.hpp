// An outline on its way: the page as a browser agent reads it. On the wire it is one string a line,
// with tabs between depth, role with states, ref, and texts, each with one letter for its part and
// one for what it is (manifest/protocol.md, "Outlines"). Held, it is lines in the dialect of
// Playwright's ARIA snapshots for agents (`page.ariaSnapshot({mode: 'ai'})`, 1.65).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "model/words.hpp"

namespace fieldnote::model {

inline constexpr std::string_view outline_dialect = "playwright-ai/1.65";
inline constexpr std::size_t most_outline_depth = 255;

// What a text of an outline is: the tool's words; what the page shows about its subject; a value,
// to be masked, or told in clear.
enum class Telling : std::uint8_t { words, content, placeholder, clear };

struct OutlineText {
  Telling telling = Telling::words;
  FieldClass field_class{};  // of a value
  std::string_view text;
};

struct OutlineLine {
  std::size_t depth = 0;
  std::string_view role;     // "text" of a text beside other things
  std::uint32_t states = 0;  // bits, in the order in which they are written
  unsigned level = 0;
  std::optional<unsigned> frame;  // which child of its page a frame is
  std::string_view ref;
  bool pointer = false;
  std::string_view rule;  // the field rule that raised the disclosure of the value
  std::optional<OutlineText> name;
  std::optional<OutlineText> text;
  std::optional<OutlineText> url;
  std::optional<OutlineText> placeholder;
};

// One line of the wire, as a view of it; nothing where it is none. `after`: the depth of the line
// before it.
[[nodiscard]] std::optional<OutlineLine> read_outline_line(std::string_view wire,
                                                           std::optional<std::size_t> after);

// Writes lines in the dialect, from one to the next. A frame's line ends in `[frame=0]`, by which
// its own outline is found; that is not the dialect's.
class OutlineWriter {
 public:
  // Appends what `line` becomes to `out`, each with a line feed. `next`: the line after it.
  void write(std::string& out, const OutlineLine& line, const OutlineLine* next);

 private:
  std::size_t pointer_above_ = none;  // depth of the outermost line with a pointer cursor
  static constexpr std::size_t none = static_cast<std::size_t>(-1);
};

}  // namespace fieldnote::model
