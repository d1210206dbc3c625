#include "model/event_handler.hpp"

#include <algorithm>
#include <boost/json/error.hpp>
#include <span>

namespace fieldnote::model {
namespace {

struct Field {
  std::string_view name;
  Key key;
};

constexpr std::array batch_fields{Field{"type", Key::type}, Field{"seq", Key::seq},
                                  Field{"lost", Key::lost}, Field{"events", Key::events}};
constexpr std::array wire_fields{Field{"kind", Key::kind},
                                 Field{"document", Key::document},
                                 Field{"n", Key::n},
                                 Field{"tab", Key::tab},
                                 Field{"frame", Key::frame},
                                 Field{"url", Key::url},
                                 Field{"top", Key::top},
                                 Field{"rule", Key::rule},
                                 Field{"navigation", Key::navigation},
                                 Field{"target", Key::target},
                                 Field{"value", Key::value}};
constexpr std::array held_fields{
    Field{"kind", Key::kind},   Field{"stream", Key::stream},         Field{"seq", Key::seq},
    Field{"scope", Key::scope}, Field{"document", Key::document},     Field{"n", Key::n},
    Field{"tab", Key::tab},     Field{"frame", Key::frame},           Field{"app", Key::app},
    Field{"url", Key::url},     Field{"navigation", Key::navigation}, Field{"target", Key::target},
    Field{"value", Key::value}};
constexpr std::array target_fields{
    Field{"role", Key::role}, Field{"name", Key::name},        Field{"content", Key::content},
    Field{"tag", Key::tag},   Field{"type", Key::target_type}, Field{"selectors", Key::selectors},
    Field{"box", Key::box}};
constexpr std::array value_fields{Field{"class", Key::field_class},
                                  Field{"disclosure", Key::disclosure},
                                  Field{"text", Key::text},
                                  Field{"options", Key::options},
                                  Field{"checked", Key::checked},
                                  Field{"shape", Key::shape},
                                  Field{"cut", Key::cut}};
constexpr std::array shape_fields{Field{"length", Key::length},
                                  Field{"characters", Key::characters}, Field{"lines", Key::lines}};

constexpr std::array<std::string_view, 6> shape_lengths{"0", "1-4", "5-8", "9-16", "17-64", "65+"};
constexpr std::array<std::string_view, 5> shape_characters{"letters", "digits", "spaces",
                                                           "punctuation", "other"};
constexpr std::array<std::string_view, 2> shape_lines{"one", "many"};

template <std::size_t N>
bool one_of(const std::array<std::string_view, N>& words, std::string_view text) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

// JSON Schema's maxLength counts code points.
bool at_most(std::string_view text, std::size_t code_points) {
  if (text.size() <= code_points) return true;
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
           return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
         })) <= code_points;
}

bool is_hex(std::string_view text, std::size_t digits) {
  return text.size() == digits &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool is_reason(std::string_view text) {
  return !text.empty() && text.size() <= 40 &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string_view::npos;
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

bool assign_count(std::uint32_t& field, std::int64_t number, std::int64_t least) {
  field = static_cast<std::uint32_t>(number);
  return number >= least && number <= std::numeric_limits<std::uint32_t>::max();
}

}  // namespace

void EventHandler::begin(Form form, std::string_view input, BatchSink* sink) {
  form_ = form;
  input_ = input;
  sink_ = sink;
  depth_ = event_depth_ = events_ = 0;
  levels_[0] = Level::outside;
  key_ = Key::none;
  seen_ = {};
  part_.clear();
  is_batch_ = false;
  seq_ = 0;
  fault_.reset();
  lost_reasons_.clear();
  arena_.reset();
}

bool EventHandler::push(Level next, ErrorCode& ec) {
  if (depth_ + 1 >= levels_.size()) {
    ec = boost::json::error::too_deep;
    return false;
  }
  levels_[++depth_] = next;
  key_ = Key::none;
  next_field_ = 0;
  return true;
}

bool EventHandler::fault(Refusal why) {
  if (!fault_) fault_ = why;
  return true;
}

bool EventHandler::unexpected(ErrorCode& ec) {
  if (in_event()) return fault(Refusal::schema);
  if (level() == Level::events) return scalar_event(ec);
  ec = boost::json::error::extra_data;
  return false;
}

// A member of `events` that is no object: an event that cannot be one.
bool EventHandler::scalar_event(ErrorCode& ec) {
  if (++events_ > max_batch_events) {
    ec = boost::json::error::array_too_large;
    return false;
  }
  sink_->on_refused(Refusal::schema);
  return true;
}

bool EventHandler::on_object_begin(ErrorCode& ec) {
  if (skipping()) return push(Level::outside, ec);
  switch (level()) {
    case Level::outside:
      if (depth_ != 0) break;
      if (form_ == Form::wire_batch) return push(Level::batch, ec);
      if (!push(Level::event, ec)) return false;
      begin_event();
      return true;
    case Level::batch:
      if (key_ == Key::lost) return push(Level::lost, ec);
      break;
    case Level::events:
      if (++events_ > max_batch_events) {
        ec = boost::json::error::array_too_large;
        return false;
      }
      if (!push(Level::event, ec)) return false;
      begin_event();
      return true;
    case Level::event:
      if (key_ == Key::target) {
        event_.has_target = true;
        clear(Level::target);
        return push(Level::target, ec);
      }
      if (key_ == Key::value) {
        event_.has_value = true;
        clear(Level::value);
        return push(Level::value, ec);
      }
      break;
    case Level::value:
      if (key_ == Key::shape) {
        event_.value.shape.emplace();
        clear(Level::shape);
        return push(Level::shape, ec);
      }
      break;
    default:
      break;
  }
  return unexpected(ec) && push(Level::outside, ec);
}

bool EventHandler::on_object_end(std::size_t, ErrorCode&) {
  const bool ends_event = event_depth_ != 0 && depth_ == event_depth_;
  if (ends_event) end_event();
  --depth_;
  key_ = Key::none;
  next_field_ = 0;
  return true;
}

bool EventHandler::on_array_begin(ErrorCode& ec) {
  if (skipping()) return push(Level::outside, ec);
  switch (level()) {
    case Level::batch:
      if (key_ == Key::events) return push(Level::events, ec);
      break;
    case Level::events:
      if (!scalar_event(ec) || !push(Level::event, ec)) return false;
      event_depth_ = depth_;
      // Told already; what is inside is passed over until it ends.
      fault_ = Refusal::schema;
      return true;
    case Level::target:
      if (key_ == Key::selectors) return push(Level::selectors, ec);
      if (key_ == Key::box) {
        box_count_ = 0;
        return push(Level::box, ec);
      }
      break;
    case Level::selectors:
      return push(Level::chain, ec);
    case Level::value:
      if (key_ == Key::options) {
        event_.value.has_options = true;
        return push(Level::options, ec);
      }
      break;
    case Level::shape:
      if (key_ == Key::characters) return push(Level::characters, ec);
      break;
    default:
      break;
  }
  return unexpected(ec) && push(Level::outside, ec);
}

bool EventHandler::on_array_end(std::size_t, ErrorCode&) {
  if (!skipping()) {
    if (level() == Level::chain) {
      auto& all = event_.target.selectors;
      const std::size_t begin = all.ends.empty() ? 0 : all.ends.back();
      const std::size_t hops = all.hops.size() - begin;
      all.ends.push_back(static_cast<std::uint32_t>(all.hops.size()));
      if (hops == 0 || hops > 8 || all.ends.size() > 8) fault(Refusal::schema);
    } else if (level() == Level::box && box_count_ != 4) {
      fault(Refusal::schema);
    }
  } else if (event_depth_ != 0 && depth_ == event_depth_) {
    fault_.reset();
    event_depth_ = 0;
  }
  --depth_;
  key_ = Key::none;
  return true;
}

std::string_view EventHandler::whole(Text text) {
  const std::string_view piece(text.data(), text.size());
  if (!part_.empty()) {
    part_.append(piece);
    const std::string_view kept = arena_.keep(part_);
    part_.clear();
    return kept;
  }
  const bool in_input =
      piece.data() >= input_.data() && piece.data() + piece.size() <= input_.data() + input_.size();
  return in_input ? piece : arena_.keep(piece);
}

bool EventHandler::on_key_part(Text text, std::size_t, ErrorCode&) {
  part_.append(text.data(), text.size());
  return true;
}

bool EventHandler::on_key(Text text, std::size_t, ErrorCode& ec) {
  const std::string_view name = whole(text);
  if (skipping()) {
    // A kind that is unknown is the better reason than the strange fields that come with it.
    key_ = depth_ == event_depth_ && name == "kind" ? Key::kind : Key::none;
    return true;
  }
  if (level() == Level::lost) {
    if (is_reason(name) && lost_reasons_.emplace(name).second) {
      lost_reason_ = name;
      return true;
    }
    ec = boost::json::error::extra_data;
    return false;
  }
  key_ = find_key(name);
  if (key_ == Key::none) return unexpected(ec);
  auto& seen = seen_[static_cast<std::size_t>(level())];
  const std::uint64_t bit = std::uint64_t{1} << static_cast<unsigned>(key_);
  if ((seen & bit) != 0) {
    if (in_event()) return fault(Refusal::duplicate_key);
    ec = boost::json::error::extra_data;
    return false;
  }
  seen |= bit;
  return true;
}

// Our own writers put the keys in one order: the search begins where the last one ended.
Key EventHandler::find_key(std::string_view name) {
  std::span<const Field> fields;
  switch (level()) {
    case Level::batch:
      fields = batch_fields;
      break;
    case Level::event:
      fields = form_ == Form::wire_batch ? std::span<const Field>(wire_fields) : held_fields;
      break;
    case Level::target:
      fields = target_fields;
      break;
    case Level::value:
      fields = value_fields;
      break;
    case Level::shape:
      fields = shape_fields;
      break;
    default:
      return Key::none;
  }
  for (std::size_t tried = 0; tried < fields.size(); ++tried) {
    const std::size_t i = (next_field_ + tried) % fields.size();
    if (fields[i].name != name) continue;
    next_field_ = i + 1;
    return fields[i].key;
  }
  return Key::none;
}

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
    case Level::value:
      return string_in_value(text) || fault(Refusal::schema);
    case Level::shape:
    case Level::chain:
    case Level::options:
    case Level::characters:
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
    case Key::url:
      return assign(event_.url, text, 2048);
    case Key::top:
      return assign(event_.top, text, 2048);
    case Key::rule:
      return assign(event_.rule, text, 400);
    case Key::navigation:
      return assign_word(event_.navigation.emplace(), text);
    case Key::stream:
      return assign(event_.stream, text, 32) && is_hex(text, 32);
    case Key::scope:
      return assign(event_.scope, text, 8) && is_hex(text, 8);
    case Key::app:
      return assign(event_.app, text, 40);
    default:
      return false;
  }
}

bool EventHandler::string_in_target(std::string_view text) {
  Target& target = event_.target;
  switch (key_) {
    case Key::role:
      return assign(target.role, text, 40);
    case Key::name:
      return assign(target.name, text, 200);
    case Key::tag:
      return assign(target.tag, text, 60);
    case Key::target_type:
      return assign(target.type, text, 20);
    default:
      return false;
  }
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

bool EventHandler::string_in_list(std::string_view text) {
  switch (level()) {
    case Level::chain:
      return keep_in(event_.target.selectors.hops, 64, text, 400);
    case Level::options:
      return keep_in(event_.value.options, 64, text, 200);
    case Level::characters: {
      auto& kinds = event_.value.shape->characters;
      return one_of(shape_characters, text) &&
             std::find(kinds.begin(), kinds.end(), text) == kinds.end() &&
             keep_in(kinds, shape_characters.size(), text, 20);
    }
    default:
      if (key_ == Key::length)
        return assign(event_.value.shape->length, text, 8) && one_of(shape_lengths, text);
      if (key_ == Key::lines)
        return assign(event_.value.shape->lines, text, 8) && one_of(shape_lines, text);
      return false;
  }
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
    case Level::box:
      if (box_count_ >= 4 || number < std::numeric_limits<std::int32_t>::min() ||
          number > std::numeric_limits<std::int32_t>::max())
        return fault(Refusal::schema);
      event_.target.box[box_count_++] = static_cast<std::int32_t>(number);
      return true;
    default:
      return unexpected(ec);
  }
}

bool EventHandler::number_in_event(std::int64_t number) {
  switch (key_) {
    case Key::n:
      return assign_count(event_.n, number, 0);
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
  if (level() == Level::target && key_ == Key::content && value) {
    event_.target.content = true;
    return true;
  }
  if (level() == Level::value && key_ == Key::checked) {
    event_.value.checked = value;
    return true;
  }
  if (level() == Level::value && key_ == Key::cut && value) {
    event_.value.cut = true;
    return true;
  }
  return unexpected(ec);
}

void EventHandler::begin_event() {
  event_depth_ = depth_;
  clear(Level::event);
  event_.kind = Kind::click;
  event_.top.reset();
  event_.rule.reset();
  event_.navigation.reset();
  event_.has_target = event_.has_value = false;
  event_.target.content = false;
  event_.target.type.reset();
  event_.target.selectors.hops.clear();
  event_.target.selectors.ends.clear();
  Value& value = event_.value;
  value.text.reset();
  value.options.clear();
  value.has_options = value.cut = false;
  value.checked.reset();
  value.shape.reset();
}

bool EventHandler::event_is_whole() const {
  const auto every = [this](Level where, std::initializer_list<Key> keys) {
    return std::all_of(keys.begin(), keys.end(), [&](Key key) { return has(where, key); });
  };
  if (!every(Level::event, {Key::kind, Key::document, Key::n, Key::tab, Key::frame, Key::url}))
    return false;
  if (form_ == Form::held_line &&
      !every(Level::event, {Key::stream, Key::seq, Key::scope, Key::app}))
    return false;
  if (event_.has_target != bears_target(event_.kind) ||
      event_.has_value != bears_value(event_.kind))
    return false;
  if (event_.navigation.has_value() != (event_.kind == Kind::navigate)) return false;
  if (event_.has_target &&
      !every(Level::target, {Key::role, Key::name, Key::tag, Key::selectors, Key::box}))
    return false;
  if (event_.has_value && !every(Level::value, {Key::field_class, Key::disclosure})) return false;
  return !event_.value.shape || every(Level::shape, {Key::length, Key::characters, Key::lines});
}

void EventHandler::end_event() {
  if (!fault_ && !event_is_whole()) fault_ = Refusal::schema;
  if (form_ == Form::held_line) return;
  if (fault_)
    sink_->on_refused(*fault_);
  else
    sink_->on_event(event_);
  fault_.reset();
  event_depth_ = 0;
}

}  // namespace fieldnote::model
