// Finds entities in a text by the table of detectors (README.md says how). Linear in the text; a
// pattern is compiled when its keyword or trigger is met for the first time, so that starting costs
// nothing. Keeps its buffers from text to text. Not thread-safe.
#pragma once

#include <array>
#include <memory>
#include <string_view>
#include <vector>

#include "redact/decoded.hpp"
#include "redact/entity.hpp"
#include "redact/patterns.hpp"
#include "redact/search.hpp"
#include "redact/settle.hpp"

namespace fieldnote::redact {

class Detectors {
 public:
  // `label`: the words on the field, of its name and id; `nearby`: those of its neighbours and the
  // address. In whatever case and spelling.
  [[nodiscard]] static Context context(std::string_view label, std::string_view nearby = {},
                                       std::optional<Entity> expected = {});

  // What is found, ascending and without overlaps. Good until the next call.
  [[nodiscard]] const std::vector<Finding>& find(std::string_view text, const Context& context);

  // What one row alone finds (or allows), whatever others make of it: for trying and testing a row.
  [[nodiscard]] std::vector<Match> find_by(std::string_view detector, std::string_view text,
                                           const Context& context);

 private:
  // Decodings of decodings.
  static constexpr unsigned most_depth = 2;

  void gather(std::string_view text, const Context& context, unsigned depth, Only only,
              std::vector<Match>& out);

  Patterns patterns_;
  std::array<Search, most_depth + 1> searches_;
  std::array<Unescaped, most_depth> unescaped_;
  std::vector<Match> matches_;
  std::vector<Finding> findings_;
};

}  // namespace fieldnote::redact
