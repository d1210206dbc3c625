#include "redact/search.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "redact/literals.hpp"
#include "redact/placeholder_text.hpp"

namespace fieldnote::redact {
namespace {

// README.md tells these to those who write rows.
constexpr float by_validator = 0.5F, by_nearby = 0.2F;
constexpr std::size_t before_keyword = 64;
constexpr std::size_t context_reach = 48;
// How often a span that does not hold is tried again without its last group.
constexpr int most_cuts = 8;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_alphanumeric(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::size_t digits_in(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_digit));
}

// Of a text, without the white space around it.
Range trimmed(std::string_view text) {
  constexpr std::string_view space = " \t\r\n\f\v";
  const std::size_t from = text.find_first_not_of(space);
  return from == std::string_view::npos ? Range{} : Range{from, text.find_last_not_of(space) + 1};
}

// Shannon's, over the bytes.
float bits_a_character(std::string_view text) {
  std::array<std::uint32_t, 256> counts{};
  for (const char c : text) ++counts[static_cast<unsigned char>(c)];
  float bits = 0;
  const auto size = static_cast<float>(text.size());
  for (const std::uint32_t count : counts)
    if (count > 0) bits -= static_cast<float>(count) * std::log2(static_cast<float>(count) / size);
  return text.empty() ? 0 : bits / size;
}

// A row, and what a window must have for it to match there, before its pattern is run.
struct Candidate {
  explicit Candidate(std::uint16_t number) : detector(number) {
    const Detector& row = detector_table().detectors[number];
    signs = row.signs;
    bytes.least = std::max({row.length.least, row.digits.least, 1U});
    digits.least = row.digits.least;
    // Twelve words of three letters.
    constexpr std::uint32_t least_words = 47;
    if (row.trigger == Trigger::short_words) bytes.least = std::max(bytes.least, least_words);
    // Of a pattern from end to end nothing but white space and a few signs are outside of the span.
    constexpr std::uint32_t most_signs = 16;
    if (row.trigger == Trigger::text && row.whole && row.length.most < Bounds{}.most)
      bytes.most = row.length.most + most_signs;
    // Of a word nothing but the whole is a span.
    if (row.trigger == Trigger::word) {
      bytes.most = row.length.most;
      digits.most = row.digits.most;
    }
  }
  [[nodiscard]] bool could_match(std::size_t bytes_there, std::size_t digits_there,
                                 Signs signs_there) const {
    return bytes.hold(bytes_there) && digits.hold(digits_there) && signs.are_in(signs_there);
  }

  Bounds bytes, digits;
  NeededSigns signs;
  std::uint16_t detector;
};

// Which rows a trigger may bring into play, without and only with context: those first that need
// least.
struct Rows {
  std::vector<Candidate> free, bound;
};

struct Index {
  Index() : literals(detector_table().literals) {
    const auto detectors = detector_table().detectors;
    for (std::size_t i = 0; i < detectors.size(); ++i) {
      Rows& rows = by_trigger[static_cast<std::size_t>(detectors[i].trigger)];
      (detectors[i].context_required ? rows.bound : rows.free)
          .push_back(candidates.emplace_back(static_cast<std::uint16_t>(i)));
    }
    for (std::size_t i = 0; i < by_trigger.size(); ++i) {
      for (auto* rows : {&by_trigger[i].free, &by_trigger[i].bound})
        std::stable_sort(rows->begin(), rows->end(), [](const Candidate& a, const Candidate& b) {
          return a.bytes.least < b.bytes.least;
        });
      const auto least_of = [](const std::vector<Candidate>& rows) {
        return rows.empty() ? not_needed : rows.front().bytes.least;
      };
      least_of_free[i] = least_of(by_trigger[i].free);
      least_of_all[i] = std::min(least_of_free[i], least_of(by_trigger[i].bound));
    }
  }

  Literals literals;
  std::vector<Candidate> candidates;  // by row
  std::array<Rows, trigger_words.size()> by_trigger;
  LeastSizes least_of_free{}, least_of_all{};
};

const Index& index() {
  static const Index made;
  return made;
}

std::span<const LiteralUse> uses_of(const Literal& literal) {
  return detector_table().uses.subspan(
      literal.first_use, static_cast<std::size_t>(literal.last_use - literal.first_use));
}

// A word of context has told what it is about when that is masked already.
bool has_placeholder(std::string_view text) {
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1))
    if (placeholder_length(text.substr(at)) > 0) return true;
  return false;
}

const Detector& row_of(std::uint16_t detector) {
  return detector_table().detectors[detector];
}

bool is_in(const std::vector<std::uint16_t>& sorted, std::uint16_t detector) {
  return std::binary_search(sorted.begin(), sorted.end(), detector);
}

// The rows that have one of these words as their context; sorted.
std::vector<std::uint16_t> rows_told_by(std::string_view words) {
  std::vector<std::uint16_t> rows;
  const std::string folded = folded_words(words);
  index().literals.each(folded, [&](const Literal& literal, std::size_t) {
    for (const LiteralUse& use : uses_of(literal))
      if (!use.keyword) rows.push_back(use.detector);
  });
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

bool is_threshold_met(const Detector& row, float score) {
  // What is allowed is weighed against what is found.
  return !row.entity || score >= threshold_of(facts_of(*row.entity).ceiling);
}

}  // namespace

Context::Context(std::string_view on_label, std::string_view around,
                 std::optional<Entity> field_stands_for)
    : label(rows_told_by(on_label)), nearby(rows_told_by(around)), expected(field_stands_for) {
  for (std::size_t trigger = 0; trigger < told.size(); ++trigger)
    for (const Candidate& candidate : index().by_trigger[trigger].bound) {
      const std::uint16_t row = candidate.detector;
      if (is_in(label, row) || is_in(nearby, row) || (expected && row_of(row).entity == expected))
        told[trigger].push_back(row);
    }
}

void Search::run(std::string_view text, const Context& context, Patterns& patterns, Only only,
                 std::vector<Match>& out) {
  context_ = &context;
  patterns_ = &patterns;
  out_ = &out;
  normalised_.assign(text);
  parted_.clear();
  if (normalised_.text().find('_') != std::string_view::npos) {
    parted_ = normalised_.text();
    std::replace(parted_.begin(), parted_.end(), '_', ' ');
  }
  look_up(only);
  only_ = only;
  try_keywords();
  try_triggers();
}

// One pass for all keywords and all context words.
void Search::look_up(Only only) {
  keywords_.clear();
  words_.clear();
  // What stands in a placeholder is our own word.
  const std::string_view text = normalised_.text();
  Range placeholder;
  const auto in_placeholder = [&](std::size_t at) {
    while (placeholder.end <= at) {
      const std::size_t next = text.find('<', placeholder.end);
      if (next == std::string_view::npos) {
        placeholder = {text.size(), text.size() + 1};
        break;
      }
      placeholder = {next, next + std::max<std::size_t>(1, placeholder_length(text.substr(next)))};
    }
    return at >= placeholder.begin && placeholder.size() > 1;
  };
  index().literals.each(normalised_.folded(), [&](const Literal& literal, std::size_t folded_at) {
    const auto at = static_cast<std::uint32_t>(normalised_.unfolded(folded_at));
    if (in_placeholder(at)) return;
    bool tells = false;
    for (const LiteralUse& use : uses_of(literal)) {
      if (!use.keyword)
        tells = true;
      else if (!only || *only == use.detector)
        keywords_.push_back({use.detector, at});
    }
    if (tells) words_.push_back({&literal, at});
  });
}

// The surroundings of a row's keywords, those that overlap as one.
void Search::try_keywords() {
  std::sort(keywords_.begin(), keywords_.end(), [](const Keyword& a, const Keyword& b) {
    return a.detector != b.detector ? a.detector < b.detector : a.at < b.at;
  });
  const std::size_t size = normalised_.text().size();
  for (std::size_t i = 0; i < keywords_.size();) {
    const std::uint16_t detector = keywords_[i].detector;
    const std::size_t reach = row_of(detector).reach;
    const auto begin_of = [](const Keyword& hit) {
      return hit.at > before_keyword ? hit.at - before_keyword : 0;
    };
    Range window{begin_of(keywords_[i]), std::min(size, keywords_[i].at + reach)};
    for (++i; i < keywords_.size() && keywords_[i].detector == detector &&
              begin_of(keywords_[i]) <= window.end;
         ++i)
      window.end = std::min(size, keywords_[i].at + reach);
    const Detector& row = row_of(detector);
    if (row.digits.least > 0 && digits_in(window.of(normalised_.text())) < row.digits.least)
      continue;
    if (row.context_required && !may_have_context(detector, window)) continue;
    try_row(detector, window);
  }
}

void Search::try_triggers() {
  // Rows that need context are out of play where there is none.
  const bool has_context = !words_.empty() || !context_->label.empty() ||
                           !context_->nearby.empty() || context_->expected;
  const std::string_view text = normalised_.text();
  find_windows(text, has_context ? index().least_of_all : index().least_of_free, masks_, windows_);
  for (std::size_t trigger = 0; trigger < windows_.size(); ++trigger) {
    const Rows& rows = index().by_trigger[trigger];
    std::size_t word = 0;
    for (const Range& window : windows_[trigger]) {
      ++window_;
      const bool whole = static_cast<Trigger>(trigger) == Trigger::text;
      const Range content = whole ? trimmed(text) : window;
      const std::size_t bytes = content.size(), digits = digits_in(masks_, content);
      const Signs signs = signs_in(window.of(text));
      const auto try_once = [&](const Candidate& candidate) {
        const std::uint16_t detector = candidate.detector;
        if (!candidate.could_match(bytes, digits, signs) || tried_[detector] == window_) return;
        if (only_ && detector != *only_) return;
        tried_[detector] = window_;
        // (A pattern's ^ is where the text begins.)
        try_row(detector, row_of(detector).pattern.empty() ? content : window);
      };
      for (const Candidate& candidate : rows.free) {
        if (candidate.bytes.least > bytes) break;
        try_once(candidate);
      }
      if (!has_context || rows.bound.empty()) continue;
      for (const std::uint16_t detector : context_->told[trigger])
        try_once(index().candidates[detector]);
      while (word < words_.size() && words_[word].at + context_reach < window.begin) ++word;
      for (std::size_t i = word; i < words_.size() && words_[i].at < window.end; ++i)
        for (const LiteralUse& use : uses_of(*words_[i].literal))
          if (!use.keyword && static_cast<std::size_t>(row_of(use.detector).trigger) == trigger)
            try_once(index().candidates[use.detector]);
    }
  }
}

// Whether a row that needs context could have it in a window.
bool Search::may_have_context(std::uint16_t detector, Range window) const {
  if (context_->expected && row_of(detector).entity == context_->expected) return true;
  if (is_in(context_->label, detector) || is_in(context_->nearby, detector)) return true;
  const std::size_t from = window.begin > context_reach ? window.begin - context_reach : 0;
  for (auto word = first_word_from(from); word != words_.end() && word->at < window.end; ++word)
    for (const LiteralUse& use : uses_of(*word->literal))
      if (use.detector == detector && !use.keyword) return true;
  return false;
}

std::vector<Search::Word>::const_iterator Search::first_word_from(std::size_t place) const {
  return std::lower_bound(words_.begin(), words_.end(), place,
                          [](const Word& word, std::size_t at) { return word.at < at; });
}

void Search::try_row(std::uint16_t detector, Range window) {
  const Detector& row = row_of(detector);
  // Numbers and codes end at an underscore, which for \b is a letter: scan_4711.
  const bool ends_at_underscore = row.trigger == Trigger::digits || row.trigger == Trigger::word ||
                                  row.trigger == Trigger::iban;
  const std::string_view text =
      ends_at_underscore && !parted_.empty() ? std::string_view(parted_) : normalised_.text();
  if (window.size() < std::max(row.length.least, row.digits.least)) return;
  if (row.pattern.empty()) {
    const bool whole = (window.begin == 0 || !is_alphanumeric(text[window.begin - 1])) &&
                       (window.end == text.size() || !is_alphanumeric(text[window.end]));
    if (whole) judge(detector, window);
    return;
  }
  const Patterns::Pattern& pattern = patterns_->of(detector);
  // Numbers in a row may be taken together wrongly: then the next begins with the group after.
  const bool by_group = row.trigger == Trigger::digits || row.trigger == Trigger::iban;
  constexpr std::size_t most_retried = 64;  // more would be quadratic
  std::array<re2::StringPiece, 2> found;
  for (std::size_t at = window.begin; at < window.end;) {
    if (!pattern.expression->Match({text.data(), text.size()}, at, window.end, re2::RE2::UNANCHORED,
                                   found.data(), pattern.span + 1))
      return;
    const re2::StringPiece& piece =
        pattern.span == 1 && found[1].data() != nullptr ? found[1] : found[0];
    const auto begin = static_cast<std::size_t>(piece.data() - text.data());
    const auto match_end =
        static_cast<std::size_t>(found[0].data() - text.data()) + found[0].size();
    const bool good = !piece.empty() && judge(detector, {begin, begin + piece.size()});
    at = std::max(match_end, at + 1);
    if (good || !by_group || piece.empty() || piece.size() > most_retried) continue;
    std::size_t next = begin;
    while (next < match_end && is_alphanumeric(text[next])) ++next;
    if (next > begin && next < match_end) at = next;
  }
}

bool Search::holds(const Detector& row, std::string_view span) const {
  if (!row.length.hold(span.size())) return false;
  const bool counts_digits = row.digits.least > 0 || row.digits.most < Bounds{}.most;
  if (counts_digits && !row.digits.hold(digits_in(span))) return false;
  if (row.entropy > 0 && bits_a_character(span) < row.entropy) return false;
  return row.validator == nullptr || row.validator(span);
}

bool Search::judge(std::uint16_t detector, Range span) {
  const Detector& row = row_of(detector);
  const std::string_view text = normalised_.text();
  for (int cut = 0; !holds(row, span.of(text)); ++cut) {
    if (row.trigger != Trigger::digits && row.trigger != Trigger::iban) return false;
    const std::size_t blank = span.of(text).find_last_of(' ');
    if (cut == most_cuts || blank == std::string_view::npos || blank == 0) return false;
    span.end = span.begin + blank;
  }
  const float context = context_of(detector, span.begin);
  if (row.context_required && context == 0) return false;
  const float score = row.score + context + (row.validator != nullptr ? by_validator : 0);
  if (!is_threshold_met(row, score)) return false;
  out_->push_back({detector, normalised_.original(span), score});
  return true;
}

float Search::context_of(std::uint16_t detector, std::size_t begin) const {
  const Detector& row = row_of(detector);
  if (context_->expected && row.entity == context_->expected) return by_label;
  if (is_in(context_->label, detector)) return by_label;
  const std::size_t from = begin > context_reach ? begin - context_reach : 0;
  for (auto at = first_word_from(from); at != words_.end() && at->at < begin; ++at)
    for (const LiteralUse& use : uses_of(*at->literal))
      if (use.detector == detector && !use.keyword &&
          !has_placeholder(normalised_.text().substr(at->at, begin - at->at)))
        return by_label;
  return is_in(context_->nearby, detector) ? by_nearby : 0;
}

}  // namespace fieldnote::redact
