#include "redact/triggers.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <bit>
#include <cstdint>

namespace fieldnote::redact {
namespace {

enum : std::uint16_t {
  lower = 1,
  upper = 2,
  digit = 4,
  hex = 8,
  separator = 16,  // between digits: blank tab - . / ( )
  group = 32,      // between hex digits: : . -
  join = 64,       // in tokens: + / = _ . ~ -
  at_sign = 128,
  comma_sign = 256,
  beyond = 512,  // not ASCII
  blank = 1024,
  edge = 2048,           // where an address ends: brackets, quotes, comma, semicolon, blanks
  between_words = 4096,  // of a list, with its numbers
};
constexpr std::uint16_t letter = lower | upper;
constexpr std::uint16_t alphanumeric = letter | digit;
// The bits of a class from here on are those of the masks: alphanumeric, digit, token.
constexpr unsigned first_masked = 13;

constexpr std::array<std::uint16_t, 256> classes = [] {
  std::array<std::uint16_t, 256> table{};
  const auto add = [&](std::string_view characters, std::uint16_t what) {
    for (const char c : characters) table[static_cast<unsigned char>(c)] |= what;
  };
  add("abcdefghijklmnopqrstuvwxyz", lower);
  add("ABCDEFGHIJKLMNOPQRSTUVWXYZ", upper);
  add("0123456789", digit);
  add("0123456789abcdefABCDEF", hex);
  add(" \t-./()", separator);
  add(":.-", group);
  add("+/=_.~-", join);
  add("@", at_sign);
  add(",;", comma_sign);
  add(" \t\r\n\f\v", blank);
  add(" \t\r\n\f\v<>()[]{}\"'`,;|\\", edge);
  add(" \t\r\n,.;:)-0123456789", between_words);
  for (std::size_t c = 0x80; c < 256; ++c) table[c] |= beyond;
  for (std::uint16_t& of : table) {
    const unsigned masked = ((of & alphanumeric) != 0 ? 1U : 0U) | ((of & digit) != 0 ? 2U : 0U) |
                            ((of & (alphanumeric | join)) != 0 ? 4U : 0U);
    of = static_cast<std::uint16_t>(of | masked << first_masked);
  }
  return table;
}();

std::uint16_t class_of(char c) {
  return classes[static_cast<unsigned char>(c)];
}

bool is(char c, std::uint16_t what) {
  return (class_of(c) & what) != 0;
}

std::vector<Range>& of(Windows& windows, Trigger trigger) {
  return windows[static_cast<std::size_t>(trigger)];
}

// Bit 0 of each of eight bytes, as a byte: the first is its lowest bit.
std::uint64_t lowest_bits(std::uint64_t bytes) {
  return (bytes & 0x0101010101010101U) * 0x0102040810204080U >> 56;
}

// What characters a text has at all, and what it has twice.
struct Seen {
  std::uint16_t once = 0, twice = 0;
};

// One pass for all masks, without a branch a character.
Seen mask_characters(std::string_view text, std::vector<CharacterMasks>& out) {
  constexpr std::size_t width = 64, step = 8;
  out.assign((text.size() + width - 1) / width, {});
  Seen seen;
  for (std::size_t at = 0; at < text.size(); at += step) {
    std::uint64_t bytes = 0;
    const std::size_t count = std::min(step, text.size() - at);
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint16_t what = class_of(text[at + i]);
      seen.twice |= seen.once & what;
      seen.once |= what;
      bytes |= std::uint64_t{static_cast<unsigned>(what) >> first_masked} << (8 * i);
    }
    CharacterMasks& masks = out[at / width];
    const std::size_t place = at % width;
    masks.alphanumeric |= lowest_bits(bytes) << place;
    masks.digit |= lowest_bits(bytes >> 1) << place;
    masks.token |= lowest_bits(bytes >> 2) << place;
  }
  return seen;
}

// Runs of characters whose bits are set.
class Runs {
 public:
  Runs(const std::vector<CharacterMasks>& masks, std::uint64_t CharacterMasks::*which,
       std::size_t size)
      : masks_(masks), which_(which), size_(size) {}

  // The next run that begins at `from` or later; one of nothing at the end of the text.
  [[nodiscard]] Range next(std::size_t from) const {
    const std::size_t begin = find(from, 0);
    return {begin, find(begin, ~std::uint64_t{0})};
  }

 private:
  // The first character from `at` whose bit is not as in `none`.
  [[nodiscard]] std::size_t find(std::size_t at, std::uint64_t none) const {
    constexpr std::size_t width = 64;
    for (std::size_t block = at / width; block < masks_.size(); ++block, at = block * width)
      if (const std::uint64_t rest = (masks_[block].*which_ ^ none) >> (at % width); rest != 0)
        return std::min(at + static_cast<std::size_t>(std::countr_zero(rest)), size_);
    return size_;
  }

  const std::vector<CharacterMasks>& masks_;
  std::uint64_t CharacterMasks::*which_;
  std::size_t size_;
};

// Where the run of `what` from `at` ends.
std::size_t run_end(std::string_view text, std::size_t at, std::uint16_t what) {
  while (at < text.size() && is(text[at], what)) ++at;
  return at;
}

void find_digits(std::string_view text, const Runs& runs, std::size_t least,
                 std::vector<Range>& out) {
  constexpr std::size_t most_between = 3;
  const auto are_between = [&](std::size_t from, std::size_t to) {
    return to - from <= most_between && run_end(text, from, separator) == to;
  };
  for (Range run = runs.next(0); run.size() > 0;) {
    Range window = run;
    while (window.begin > 0 && run.begin - window.begin < 2 &&
           (text[window.begin - 1] == '+' || text[window.begin - 1] == '('))
      --window.begin;
    do {
      window.end = run.end;
      run = runs.next(run.end);
    } while (run.size() > 0 && are_between(window.end, run.begin));
    if (window.size() >= least) out.push_back(window);
  }
}

void find_words(const Runs& runs, std::size_t least, std::vector<Range>& out) {
  for (Range run = runs.next(0); run.size() > 0; run = runs.next(run.end))
    if (run.size() >= least) out.push_back(run);
}

void find_ibans(std::string_view text, const Runs& runs, std::vector<Range>& out) {
  constexpr std::size_t most = 64;
  // The two check digits, and the country before them.
  for (Range run = runs.next(0); run.size() > 0; run = runs.next(run.end)) {
    if (run.size() < 2 || run.begin < 2) continue;
    const std::size_t at = run.begin - 2;
    if (!is(text[at], letter) || !is(text[at + 1], letter)) continue;
    if (at > 0 && is(text[at - 1], alphanumeric)) continue;
    std::size_t end = at + 4;
    while (end < text.size() && end - at < most) {
      const bool between = (text[end] == ' ' || text[end] == '-') && end + 1 < text.size() &&
                           is(text[end + 1], alphanumeric);
      if (!between && !is(text[end], alphanumeric)) break;
      ++end;
    }
    out.push_back({at, end});
  }
}

void find_at_signs(std::string_view text, std::vector<Range>& out) {
  // RFC 5321, section 4.5.3.1.
  constexpr std::size_t most_before = 64 * 4, most_after = 255;
  for (std::size_t at = text.find('@'); at != std::string_view::npos; at = text.find('@', at)) {
    const std::size_t floor =
        std::max(out.empty() ? 0 : out.back().end, at > most_before ? at - most_before : 0);
    std::size_t begin = at, end = at + 1;
    while (begin > floor && !is(text[begin - 1], edge)) --begin;
    while (end < text.size() && end - at <= most_after && !is(text[end], edge)) ++end;
    out.push_back({begin, end});
    at = end;
  }
}

void find_hex_groups(std::string_view text, std::vector<Range>& out) {
  constexpr std::uint16_t any = hex | group;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is(text[at], any)) continue;
    std::size_t joints = 0, digits = 0;
    const std::size_t begin = at;
    for (; at < text.size() && is(text[at], any); ++at) {
      joints += is(text[at], group) ? 1 : 0;
      digits += is(text[at], hex) ? 1 : 0;
    }
    if (joints >= 2 && digits > 0) out.push_back({begin, at});
  }
}

void find_commas(std::string_view text, std::vector<Range>& out) {
  constexpr std::size_t most = 24;
  const auto in_number = [](char c) {
    return is(c, digit | beyond) || c == '.' || c == '-' || c == '+' || c == ' ' || c == 'N' ||
           c == 'S' || c == 'E' || c == 'W';
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is(text[at], comma_sign)) continue;
    std::size_t begin = at, end = at + 1;
    const std::size_t floor = out.empty() ? 0 : out.back().end;
    while (begin > floor && at - begin < most && in_number(text[begin - 1])) --begin;
    while (end < text.size() && end - at < most && in_number(text[end])) ++end;
    const auto has_digit = [&](std::size_t from, std::size_t to) {
      return std::any_of(text.begin() + static_cast<std::ptrdiff_t>(from),
                         text.begin() + static_cast<std::ptrdiff_t>(to),
                         [](char c) { return is(c, digit); });
    };
    if (has_digit(begin, at) && has_digit(at + 1, end)) {
      out.push_back({begin, end});
      at = end - 1;
    }
  }
}

constexpr std::size_t least_token = 16;

void find_tokens(std::string_view text, const Runs& runs, std::vector<Range>& out) {
  for (Range run = runs.next(0); run.size() > 0; run = runs.next(run.end)) {
    if (run.size() < least_token) continue;
    std::uint16_t seen = 0;
    for (const char c : run.of(text)) seen |= class_of(c);
    if ((seen & letter) != 0 && (seen & digit) != 0) out.push_back(run);
  }
}

void find_short_words(std::string_view text, std::vector<Range>& out) {
  constexpr std::size_t least_words = 12, shortest = 3, longest = 8, most_between = 8;
  constexpr std::uint16_t in_word = letter | beyond;
  std::size_t words = 0, begin = 0, end = 0;
  const auto close = [&] {
    if (words >= least_words) out.push_back({begin, end});
    words = 0;
  };
  for (std::size_t at = 0; at < text.size();) {
    if (!is(text[at], in_word)) {
      if (!is(text[at], between_words) || at - end >= most_between) close();
      ++at;
      continue;
    }
    const std::size_t word_end = run_end(text, at, letter);
    const bool is_whole = word_end == text.size() || !is(text[word_end], in_word);
    if (!is_whole || word_end - at < shortest || word_end - at > longest) {
      close();
      at = end = run_end(text, at, in_word);
      continue;
    }
    if (words++ == 0) begin = at;
    at = end = word_end;
  }
  close();
}

// Whether a capital letter begins at `at`.
bool is_capital(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (!is(c, beyond)) return is(c, upper);
  utf8proc_int32_t value = 0;
  const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at),
                                     static_cast<utf8proc_ssize_t>(text.size() - at), &value);
  return size > 0 && utf8proc_category(value) == UTF8PROC_CATEGORY_LU;
}

void find_capital_words(std::string_view text, std::vector<Range>& out) {
  constexpr std::uint16_t in_word = letter | beyond;
  const auto word_end = [&](std::size_t at) {
    while (at < text.size() &&
           (is(text[at], in_word) || ((text[at] == '\'' || text[at] == '-' || text[at] == '.') &&
                                      at + 1 < text.size() && is(text[at + 1], in_word))))
      ++at;
    return at < text.size() && text[at] == '.' ? at + 1 : at;
  };
  // "van der": particles between two capitalised words.
  constexpr std::size_t most_particles = 2, longest_particle = 3;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is(text[at], in_word)) continue;
    if (!is_capital(text, at)) {
      at = word_end(at) - 1;
      at = std::max(at, run_end(text, at, in_word) - 1);
      continue;
    }
    const std::size_t begin = at;
    std::size_t words = 1, end = word_end(at);
    for (;;) {
      std::size_t next = end;
      std::size_t particles = 0;
      while (next + 1 < text.size() && text[next] == ' ' && is(text[next + 1], in_word) &&
             !is_capital(text, next + 1) && particles < most_particles &&
             word_end(next + 1) - next - 1 <= longest_particle) {
        next = word_end(next + 1);
        ++particles;
      }
      if (next + 1 >= text.size() || text[next] != ' ' || !is(text[next + 1], in_word) ||
          !is_capital(text, next + 1))
        break;
      end = word_end(next + 1);
      ++words;
    }
    if (words >= 2) out.push_back({begin, end});
    at = end - 1;
  }
}

}  // namespace

std::size_t digits_in(const std::vector<CharacterMasks>& masks, Range range) {
  constexpr std::size_t width = 64;
  std::size_t count = 0;
  for (std::size_t at = range.begin; at < range.end;) {
    const std::size_t size = std::min(width - at % width, range.end - at);
    const std::uint64_t rest = masks[at / width].digit >> (at % width);
    count += static_cast<std::size_t>(
        std::popcount(size == width ? rest : rest & ((std::uint64_t{1} << size) - 1)));
    at += size;
  }
  return count;
}

void find_windows(std::string_view text, const LeastSizes& least,
                  std::vector<CharacterMasks>& masks, Windows& out) {
  for (auto& windows : out) windows.clear();
  const Seen seen = mask_characters(text, masks);
  const auto least_of = [&](Trigger trigger) { return least[static_cast<std::size_t>(trigger)]; };
  // Whether rows of a trigger are in play and the text could hold a window for them.
  const auto wanted = [&](Trigger trigger, bool could_hold) {
    return least_of(trigger) <= text.size() && could_hold;
  };
  const auto has = [&](std::uint16_t what) { return (seen.once & what) != 0; };
  const auto has_two = [&](std::uint16_t what) { return (seen.twice & what) != 0; };
  const Runs alphanumerics(masks, &CharacterMasks::alphanumeric, text.size());
  const Runs digits(masks, &CharacterMasks::digit, text.size());
  const Runs tokens(masks, &CharacterMasks::token, text.size());
  if (wanted(Trigger::text, true)) of(out, Trigger::text).push_back({0, text.size()});
  if (wanted(Trigger::word, has(alphanumeric)))
    find_words(alphanumerics, least_of(Trigger::word), of(out, Trigger::word));
  if (wanted(Trigger::digits, has(digit)))
    find_digits(text, digits, least_of(Trigger::digits), of(out, Trigger::digits));
  if (wanted(Trigger::iban, has(letter) && has_two(digit)))
    find_ibans(text, digits, of(out, Trigger::iban));
  if (wanted(Trigger::token, text.size() >= least_token && has(letter) && has(digit)))
    find_tokens(text, tokens, of(out, Trigger::token));
  if (wanted(Trigger::comma, has(comma_sign) && has_two(digit)))
    find_commas(text, of(out, Trigger::comma));
  if (wanted(Trigger::at, has(at_sign))) find_at_signs(text, of(out, Trigger::at));
  if (wanted(Trigger::hex_groups, has_two(group) && has(hex)))
    find_hex_groups(text, of(out, Trigger::hex_groups));
  if (wanted(Trigger::short_words, has(letter)))
    find_short_words(text, of(out, Trigger::short_words));
  const bool has_two_capitals = has_two(upper) || (has(beyond) && (has(upper) || has_two(beyond)));
  if (wanted(Trigger::capital_words, has(blank) && has_two_capitals))
    find_capital_words(text, of(out, Trigger::capital_words));
}

}  // namespace fieldnote::redact
