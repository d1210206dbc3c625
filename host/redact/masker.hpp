// Takes out of texts what is private, in one scope: what detectors find and what was masked before.
// Equal strings get equal placeholders, across typed values and texts of the page. What is
// withheld, and what has few possible values, gets a placeholder without a number. Not thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "redact/counts.hpp"
#include "redact/detectors.hpp"
#include "redact/placeholders.hpp"
#include "redact/text_memory.hpp"

namespace fieldnote::redact {

// Where a text stands: for the ledger, and what is known about it.
struct Place {
  std::string_view name;  // a-z and _, as in "title"
  const Context* context = nullptr;
};

class Masker {
 public:
  // A text that stays readable: each span that is private is replaced in place. The text itself
  // where there is none, else good until the next call. Of any length and with any number of lines.
  [[nodiscard]] std::string_view readable(std::string_view text, const Place& place,
                                          Counts& counts);

  // The same for texts of many lines that come again with few of them changed, such as outlines:
  // what stretches over several lines is not found.
  [[nodiscard]] std::string readable_lines(std::string_view text, const Place& place,
                                           Counts& counts);

  // A placeholder for the whole text: `<TEXT_7>`; `<TEXT_7 EMAIL_2 PAYMENT_CARD>` where others are
  // in it; `<EMAIL_2>` where it is one. Empty for an empty text; good until the next call.
  [[nodiscard]] std::string_view masked(
      std::string_view text, std::string_view label, const Place& place, Counts& counts,
      Placeholders::Search search = Placeholders::Search::everywhere);

  // Whether anything private is in a text.
  [[nodiscard]] bool tells(std::string_view text);

  // What detectors find in a text; good until the next call. What is asked next of the same text
  // and place is answered without another search, and so is a text of no known place in which
  // nothing was found before.
  [[nodiscard]] const std::vector<Finding>& find(std::string_view text, const Place& place);

  // Whether a new scope should begin.
  [[nodiscard]] bool full() const { return placeholders_.full(); }
  void clear();

 private:
  // A part of a text that does not stay.
  struct Part {
    Range range;
    const Finding* finding;  // else an echo
    const Placeholders::Entry* entry;
  };

  // What is remembered of a text in which detectors find nothing: up to which version of the
  // dictionary nothing echoes in it, and what tells whether something newer may.
  struct Clean {
    std::size_t version = 0;
    Placeholders::Beginnings beginnings;
  };

  [[nodiscard]] bool is_clean(std::string_view text, const Place& place);
  void look(std::string_view text, const Place& place);
  void append_part(std::string& out, std::string_view text, const Part& part, bool bare);

  Detectors detectors_;
  Placeholders placeholders_;
  TextMemory<Clean> clean_;
  std::vector<Part> parts_;
  std::vector<Finding> findings_;
  // What they were found in.
  std::string found_in_;
  const Context* found_with_ = nullptr;
  std::string room_;
};

}  // namespace fieldnote::redact
