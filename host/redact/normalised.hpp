// A text as detectors read it, and the way back to the original's bytes. NFKC (Unicode UAX 15),
// every decimal digit (general category Nd) as ASCII and without marks, hyphens as `-`, characters
// that are not seen (Default_Ignorable: zero width, direction, soft hyphen, tags) dropped. Beside
// it, of the same text, what keywords and context words are looked for in: case-folded, Latin,
// Greek and Cyrillic without accents. Linear; a text in ASCII is not copied. Not thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fieldnote::redact {

// Bytes [begin, end) of a text.
struct Range {
  std::size_t begin = 0, end = 0;
  [[nodiscard]] std::size_t size() const { return end - begin; }
  [[nodiscard]] std::string_view of(std::string_view text) const {
    return text.substr(begin, size());
  }
  friend bool operator==(const Range&, const Range&) = default;
};

class Normalised {
 public:
  // `original` must stay as long as text() is read. Bytes that are no UTF-8 become U+FFFD.
  void assign(std::string_view original);

  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] std::string_view folded() const { return folded_; }

  // Whether the original is ASCII: then text() is the original.
  [[nodiscard]] bool is_plain() const { return plain_; }

  // The byte of text() that a byte of folded() comes from; its size for the end.
  [[nodiscard]] std::size_t unfolded(std::size_t at) const {
    return plain_ ? at : folded_from_[at];
  }
  // What a range of text() stands for in the original: whole characters, and with them the marks
  // and unseen characters between.
  [[nodiscard]] Range original(Range range) const;

 private:
  void normalise(std::string_view original);
  void fold();
  void add(std::string_view bytes, std::size_t from, std::size_t to);
  void add_plain(std::string_view bytes, std::size_t from);

  bool plain_ = true;  // ASCII: offsets are the same everywhere
  std::string_view text_;
  std::string room_, folded_;
  std::vector<std::uint32_t> from_,
      to_;  // a byte of text(): the original's character it comes from
  std::vector<std::uint32_t> folded_from_;
};

// Words as a label, a name or an identifier spells them, folded and apart: "customerName_2" gives
// "customer name 2".
[[nodiscard]] std::string folded_words(std::string_view text);

}  // namespace fieldnote::redact
