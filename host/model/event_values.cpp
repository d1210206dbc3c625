#include <algorithm>
#include <boost/json/error.hpp>
#include <limits>

#include "model/event_handler.hpp"

namespace fieldnote::model {
namespace {

constexpr std::array<std::string_view, 6> shape_lengths{"0", "1-4", "5-8", "9-16", "17-64", "65+"};
constexpr std::array<std::string_view, 5> shape_characters{"letters", "digits", "spaces",
                                                           "punctuation", "other"};
constexpr std::array<std::string_view, 2> shape_lines{"one", "many"};
// What is masked may be longer than what it was.
constexpr std::size_t most_outline_bytes = 128 * 1024;
constexpr std::size_t most_outline_lines = 16'384;

constexpr std::array<std::string_view, 4> modifier_keys{"alt", "control", "meta", "shift"};

// Keys that write nothing and are told alone, and those that are told only with a modifier.
constexpr std::array<std::string_view, 7> bare_keys{
    "Enter", "Escape", "Tab", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"};
constexpr std::array<std::string_view, 7> modified_keys{"Home",   "End",    "PageUp",   "PageDown",
                                                        "Insert", "Delete", "Backspace"};

template <std::size_t N>
bool one_of(const std::array<std::string_view, N>& words, std::string_view text) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

// JSON Schema's maxLength counts code points.
bool at_most(std::string_view text, std::size_t most) {
  return text.size() <= most || code_points(text) <= most;
}

bool is_hex(std::string_view text, std::size_t digits) {
  return text.size() == digits && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

// F1 to F24.
bool is_function_key(std::string_view key) {
  if (key.size() < 2 || key.size() > 3 || key[0] != 'F' || key[1] == '0') return false;
  int number = 0;
  for (const char digit : key.substr(1)) {
    if (digit < '0' || digit > '9') return false;
    number = number * 10 + (digit - '0');
  }
  return number <= 24;
}

// A media type in lower case (RFC 6838, section 4.2), at most 80 characters.
bool is_media_type(std::string_view text) {
  const std::size_t slash = text.find('/');
  return text.size() <= 80 && slash != std::string_view::npos && slash > 0 &&
         slash + 1 < text.size() && text.substr(slash + 1).find('/') == std::string_view::npos &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789!#$&-^_.+/") ==
             std::string_view::npos;
}

// e12
bool is_ref(std::string_view text) {
  return text.size() >= 2 && text.front() == 'e' &&
         text.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

template <class Enum>
bool assign_word(Enum& field, std::string_view text) {
  const auto found = from_word<Enum>(text);
  if (found) field = *found;
  return found.has_value();
}

template <class Texts>
bool assign(Texts& field, std::string_view text, std::size_t most) {
  field = text;
  return at_most(text, most);
}

bool keep_in(std::vector<std::string_view>& list, std::size_t most_items, std::string_view text,
             std::size_t most) {
  list.push_back(text);
  return list.size() <= most_items && at_most(text, most);
}

// Each word of a closed list, once.
template <std::size_t N>
bool keep_word(std::vector<std::string_view>& list, const std::array<std::string_view, N>& words,
               std::string_view text) {
  if (!one_of(words, text) || std::find(list.begin(), list.end(), text) != list.end()) return false;
  list.push_back(text);
  return true;
}

bool assign_count(std::uint32_t& field, std::int64_t number, std::int64_t least) {
  field = static_cast<std::uint32_t>(number);
  return number >= least && number <= std::numeric_limits<std::uint32_t>::max();
}

}  // namespace

bool EventHandler::on_string_part(Text text, std::size_t, ErrorCode&) {
  part_.append(text.data(), text.size());
  return true;
}

bool EventHandler::on_string(Text piece, std::size_t, ErrorCode& ec) {
  const std::string_view text = whole(piece);
  if (skipping()) {
    if (key_ == Key::kind && depth_ == event_depth_ && !from_word<Kind>(text))
      fault_ = Refusal::unknown_kind;
    return true;
  }
  switch (level()) {
    case Level::batch:
      return string_in_batch(text, ec);
    case Level::event:
      return string_in_event(text) || fault(Refusal::schema);
    case Level::target:
      return string_in_target(text) || fault(Refusal::schema);
    case Level::belonging:
      return string_in_belonging(text) || fault(Refusal::schema);
    case Level::value:
      return string_in_value(text) || fault(Refusal::schema);
    case Level::shape:
      return string_in_shape(text) || fault(Refusal::schema);
    case Level::entry:
      return (key_ == Key::amount && assign_word(event_.entry->amount.emplace(), text)) ||
             fault(Refusal::schema);
    case Level::change:
      return string_in_change(text) || fault(Refusal::schema);
    case Level::outline:
      return string_in_outline(text) || fault(Refusal::schema);
    case Level::chain:
    case Level::texts:
      return string_in_list(text) || fault(Refusal::schema);
    default:
      return unexpected(ec);
  }
}

bool EventHandler::string_in_batch(std::string_view text, ErrorCode& ec) {
  if (key_ != Key::type) return unexpected(ec);
  is_batch_ = text == "batch";
  return true;
}

bool EventHandler::string_in_event(std::string_view text) {
  switch (key_) {
    case Key::kind:
      if (!assign_word(event_.kind, text)) fault(Refusal::unknown_kind);
      return true;
    case Key::document:
      return assign(event_.document, text, 16) && is_hex(text, 16);
    case Key::cause_document:
      return assign(event_.cause_document, text, 16) && is_hex(text, 16);
    case Key::url:
      return assign(event_.url, text, 2048);
    case Key::top:
      return assign(event_.top, text, 2048);
    case Key::rule:
      return assign(event_.rule, text, 400);
    case Key::navigation:
      return assign_word(event_.navigation.emplace(), text);
    case Key::title:
      return assign(event_.title, text, 200);
    case Key::key:
      return assign(event_.key, text, 20);
    case Key::button:
      event_.middle_button = text == "middle";
      return event_.middle_button;
    case Key::size:
      return assign(event_.size, text, 8) && one_of(shape_lengths, text);
    case Key::stream:
      return assign(event_.stream, text, 32) && is_hex(text, 32);
    case Key::scope:
      return assign(event_.scope, text, 8) && is_hex(text, 8);
    case Key::app:
      return assign(event_.app, text, 40);
    case Key::task:
      return assign(event_.task, text, 16) && is_hex(text, 16);
    default:
      return false;
  }
}

bool EventHandler::string_in_target(std::string_view text) {
  switch (key_) {
    case Key::role:
      return assign(target_->role, text, 40);
    case Key::name:
      return assign(target_->name, text, 200);
    case Key::label:
      return assign(target_->label, text, 200);
    case Key::tag:
      return assign(target_->tag, text, 60);
    case Key::target_type:
      return assign(target_->type, text, 20);
    default:
      return false;
  }
}

bool EventHandler::string_in_belonging(std::string_view text) {
  Belonging& belonging = target_->within.back();
  return key_ == Key::role ? assign(belonging.role, text, 40)
                           : key_ == Key::name && assign(belonging.name, text, 200);
}

bool EventHandler::string_in_value(std::string_view text) {
  Value& value = event_.value;
  switch (key_) {
    case Key::field_class:
      return assign_word(value.field_class, text);
    case Key::disclosure:
      return assign_word(value.disclosure, text);
    case Key::text:
      return assign(value.text, text, 16384);
    default:
      return false;
  }
}

bool EventHandler::string_in_shape(std::string_view text) {
  Shape& shape = *event_.value.shape;
  if (key_ == Key::length) return assign(shape.length, text, 8) && one_of(shape_lengths, text);
  if (key_ == Key::lines) return assign(shape.lines, text, 8) && one_of(shape_lines, text);
  return false;
}

bool EventHandler::string_in_change(std::string_view text) {
  Change& change = event_.changes.back();
  return key_ == Key::what ? assign_word(change.what, text)
                           : key_ == Key::text && assign(change.text, text, 200);
}

bool EventHandler::string_in_outline(std::string_view text) {
  Outline& outline = event_.outline;
  switch (key_) {
    case Key::digest:
      return assign(outline.digest, text, 32) && is_hex(text, 32);
    case Key::state:
      outline.fresh = text == "fresh";
      return outline.fresh || text == "stale";
    case Key::ref:
      return assign(outline.ref, text, 12) && is_ref(text);
    case Key::dialect:
      return assign(outline.dialect, text, 40);
    default:
      return false;
  }
}

bool EventHandler::string_in_list(std::string_view text) {
  if (level() == Level::chain) return keep_in(target_->selectors.hops, 64, text, 400);
  switch (list_) {
    case Key::options:
      return keep_in(event_.value.options, 64, text, 200);
    case Key::characters:
      return keep_word(event_.value.shape->characters, shape_characters, text);
    case Key::modifiers:
      return keep_word(event_.modifiers, modifier_keys, text);
    case Key::by: {
      auto& by = event_.entry->by;
      const auto word = from_word<Provenance>(text);
      if (!word || std::find(by.begin(), by.end(), *word) != by.end()) return false;
      by.push_back(*word);
      return true;
    }
    case Key::lines:
      outline_bytes_ += text.size();
      return outline_bytes_ <= most_outline_bytes &&
             keep_in(event_.outline.lines, most_outline_lines, text, most_outline_bytes);
    case Key::keys:
      return keep_in(event_.entry->keys, 256, text, 20);
    default:
      return keep_in(event_.files->types, 16, text, 80) && is_media_type(text);
  }
}

bool EventHandler::key_is_listed() const {
  const std::string_view key = *event_.key;
  if (one_of(bare_keys, key) || is_function_key(key)) return true;
  const bool modified = std::any_of(event_.modifiers.begin(), event_.modifiers.end(),
                                    [](std::string_view word) { return word != "shift"; });
  return modified && (one_of(modified_keys, key) || code_points(key) == 1);
}

bool EventHandler::on_int64(std::int64_t number, Text, ErrorCode& ec) {
  if (skipping()) return true;
  switch (level()) {
    case Level::batch:
      if (key_ != Key::seq || number < 1 || number > max_seq) return unexpected(ec);
      seq_ = static_cast<std::uint64_t>(number);
      return true;
    case Level::lost:
      if (number < 1) return unexpected(ec);
      sink_->on_lost(lost_reason_, static_cast<std::uint64_t>(number));
      return true;
    case Level::event:
      return number_in_event(number) || fault(Refusal::schema);
    case Level::files:
      if (key_ != Key::number || number < 0 || number > 100000) return fault(Refusal::schema);
      event_.files->number = static_cast<std::int32_t>(number);
      return true;
    case Level::numbers:
      if (numbers_.size() >= 16 || number < std::numeric_limits<std::int32_t>::min() ||
          number > std::numeric_limits<std::int32_t>::max())
        return fault(Refusal::schema);
      numbers_.push_back(static_cast<std::int32_t>(number));
      return true;
    default:
      return unexpected(ec);
  }
}

bool EventHandler::number_in_event(std::int64_t number) {
  switch (key_) {
    case Key::n:
      return assign_count(event_.n, number, 0);
    case Key::cause:
      return assign_count(event_.cause.emplace(), number, 0);
    case Key::tab:
      return assign_count(event_.tab, number, 1);
    case Key::frame:
      event_.frame = number;
      return number >= 0;
    case Key::seq:
      event_.seq = static_cast<std::uint64_t>(number);
      return number >= 0 && number <= max_seq;
    default:
      return false;
  }
}

bool EventHandler::on_bool(bool value, ErrorCode& ec) {
  if (skipping()) return true;
  return true_or_false(value) || unexpected(ec);
}

bool EventHandler::true_or_false(bool value) {
  if (level() == Level::value && key_ == Key::checked) {
    event_.value.checked = value;
    return true;
  }
  // The others are there or not.
  if (!value) return false;
  if (level() == Level::batch && key_ == Key::earlier) return true;
  if (level() == Level::target && key_ == Key::content)
    target_->content = true;
  else if (level() == Level::belonging && key_ == Key::content)
    target_->within.back().content = true;
  else if (level() == Level::value && key_ == Key::cut)
    event_.value.cut = true;
  else
    return false;
  return true;
}

}  // namespace fieldnote::model
