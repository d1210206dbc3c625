#include "model/event_handler.hpp"

#include <algorithm>
#include <boost/json/error.hpp>

namespace fieldnote::model {
namespace {

bool is_reason(std::string_view text) {
  return !text.empty() && text.size() <= 40 &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string_view::npos;
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

// What a kind or a key opens up is named here; where it is filled, in event_values.cpp.
Level EventHandler::object_here() {
  switch (level()) {
    case Level::batch:
      return key_ == Key::lost ? Level::lost : Level::outside;
    case Level::event:
      switch (key_) {
        case Key::target:
          event_.has_target = true;
          target_ = &event_.target;
          return Level::target;
        case Key::onto:
          event_.has_onto = true;
          target_ = &event_.onto;
          return Level::target;
        case Key::value:
          event_.has_value = true;
          return Level::value;
        case Key::entry:
          event_.entry.emplace();
          return Level::entry;
        case Key::files:
          event_.files.emplace();
          return Level::files;
        case Key::outline:
          event_.has_outline = true;
          return Level::outline;
        default:
          return Level::outside;
      }
    case Level::belongings:
      if (target_->within.size() == 4) return Level::outside;
      target_->within.emplace_back();
      return Level::belonging;
    case Level::changes:
      if (event_.changes.size() == 8) return Level::outside;
      event_.changes.emplace_back();
      return Level::change;
    case Level::value:
      if (key_ != Key::shape) return Level::outside;
      event_.value.shape.emplace();
      return Level::shape;
    default:
      return Level::outside;
  }
}

bool EventHandler::on_object_begin(ErrorCode& ec) {
  if (skipping()) return push(Level::outside, ec);
  if (level() == Level::outside && depth_ == 0 && form_ == Form::wire_batch)
    return push(Level::batch, ec);
  if (level() == Level::outside && depth_ == 0) {
    if (!push(Level::event, ec)) return false;
    begin_event();
    return true;
  }
  if (level() == Level::events) {
    if (++events_ > max_batch_events) {
      ec = boost::json::error::array_too_large;
      return false;
    }
    if (!push(Level::event, ec)) return false;
    begin_event();
    return true;
  }
  const Level next = object_here();
  if (next == Level::outside) return unexpected(ec) && push(Level::outside, ec);
  seen(next) = {};
  return push(next, ec);
}

bool EventHandler::object_is_whole() const {
  return seen(level()).has_all(required_keys(level(), form_));
}

bool EventHandler::on_object_end(std::size_t, ErrorCode&) {
  if (event_depth_ != 0 && depth_ == event_depth_)
    end_event();
  else if (in_event() && !skipping() && !object_is_whole())
    incomplete_ = true;
  --depth_;
  key_ = Key::none;
  next_field_ = 0;
  return true;
}

Level EventHandler::array_here() const {
  const auto one_of = [this](std::initializer_list<Key> keys) {
    return std::find(keys.begin(), keys.end(), key_) != keys.end();
  };
  switch (level()) {
    case Level::batch:
      return key_ == Key::events ? Level::events : Level::outside;
    case Level::event:
      if (key_ == Key::modifiers) return Level::texts;
      if (key_ == Key::changes) return Level::changes;
      return key_ == Key::scroll ? Level::numbers : Level::outside;
    case Level::target:
      if (key_ == Key::selectors) return Level::selectors;
      if (key_ == Key::within) return Level::belongings;
      return one_of({Key::box, Key::point, Key::viewport, Key::frames, Key::matches})
                 ? Level::numbers
                 : Level::outside;
    case Level::selectors:
      return Level::chain;
    case Level::value:
      return key_ == Key::options ? Level::texts : Level::outside;
    case Level::shape:
      return key_ == Key::characters ? Level::texts : Level::outside;
    case Level::entry:
      return one_of({Key::by, Key::keys}) ? Level::texts : Level::outside;
    case Level::files:
      return key_ == Key::types ? Level::texts : Level::outside;
    case Level::outline:
      if (key_ == Key::frames) return Level::numbers;
      return key_ == Key::lines ? Level::texts : Level::outside;
    default:
      return Level::outside;
  }
}

bool EventHandler::on_array_begin(ErrorCode& ec) {
  if (skipping()) return push(Level::outside, ec);
  if (level() == Level::events) {
    if (!scalar_event(ec) || !push(Level::event, ec)) return false;
    event_depth_ = depth_;
    // Told already; what is inside is passed over until it ends.
    fault_ = Refusal::schema;
    return true;
  }
  const Level next = array_here();
  if (next == Level::outside) return unexpected(ec) && push(Level::outside, ec);
  list_ = key_;
  numbers_.clear();
  if (list_ == Key::options) event_.value.has_options = true;
  return push(next, ec);
}

bool EventHandler::on_array_end(std::size_t, ErrorCode&) {
  if (skipping()) {
    if (event_depth_ != 0 && depth_ == event_depth_) {
      fault_.reset();
      event_depth_ = 0;
    }
  } else if (level() == Level::chain) {
    end_chain();
  } else if (level() == Level::numbers) {
    end_numbers();
  }
  --depth_;
  key_ = Key::none;
  return true;
}

void EventHandler::end_chain() {
  Selectors& all = target_->selectors;
  const std::size_t begin = all.ends.empty() ? 0 : all.ends.back();
  const std::size_t hops = all.hops.size() - begin;
  all.ends.push_back(static_cast<std::uint32_t>(all.hops.size()));
  if (hops == 0 || hops > 8 || all.ends.size() > 8) fault(Refusal::schema);
}

void EventHandler::end_numbers() {
  const auto fill = [this](auto& field) {
    if (numbers_.size() != field.size()) return fault(Refusal::schema);
    std::copy(numbers_.begin(), numbers_.end(), field.begin());
    return true;
  };
  const auto whole_numbers = [this](std::vector<std::int32_t>& field, std::size_t most) {
    field = numbers_;
    const bool negative = std::any_of(field.begin(), field.end(), [](int n) { return n < 0; });
    if (field.size() > most || negative) fault(Refusal::schema);
  };
  switch (list_) {
    case Key::box:
      fill(target_->box);
      break;
    case Key::point:
      fill(target_->point.emplace());
      break;
    case Key::viewport:
      fill(target_->viewport.emplace());
      break;
    case Key::scroll:
      fill(event_.scroll.emplace());
      break;
    case Key::frames:
      whole_numbers(levels_[depth_ - 1] == Level::outline ? event_.outline.frames : target_->frames,
                    16);
      break;
    default:
      whole_numbers(target_->selectors.matches, 8);
  }
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
  key_ = find_key(level(), form_, name, next_field_);
  if (key_ == Key::none) return unexpected(ec);
  if (seen(level()).has(key_)) {
    if (in_event()) return fault(Refusal::duplicate_key);
    ec = boost::json::error::extra_data;
    return false;
  }
  seen(level()).add(key_);
  return true;
}

void EventHandler::begin_event() {
  const auto clear = [](Target& target) {
    target.content = false;
    target.label.reset();
    target.type.reset();
    target.selectors.hops.clear();
    target.selectors.ends.clear();
    target.selectors.matches.clear();
    target.point.reset();
    target.viewport.reset();
    target.frames.clear();
    target.within.clear();
  };
  event_depth_ = depth_;
  seen(Level::event) = {};
  incomplete_ = false;
  event_.kind = Kind::click;
  event_.url = {};
  event_.top.reset();
  event_.rule.reset();
  event_.task.reset();
  event_.cause.reset();
  event_.cause_document.reset();
  event_.navigation.reset();
  event_.title.reset();
  event_.has_target = event_.has_onto = event_.has_value = event_.middle_button = false;
  clear(event_.target);
  clear(event_.onto);
  event_.entry.reset();
  event_.files.reset();
  event_.key.reset();
  event_.modifiers.clear();
  event_.scroll.reset();
  event_.size.reset();
  event_.changes.clear();
  event_.has_outline = false;
  event_.outline.ref.reset();
  event_.outline.dialect = {};
  event_.outline.frames.clear();
  event_.outline.lines.clear();
  outline_bytes_ = 0;
  Value& value = event_.value;
  value.text.reset();
  value.options.clear();
  value.has_options = value.cut = false;
  value.checked.reset();
  value.shape.reset();
}

bool EventHandler::event_is_whole() const {
  const KeySet& keys = seen(Level::event);
  const KindRule rule = rule_of(event_.kind);
  if (!keys.has_all(required_keys(Level::event, form_)) || !keys.has_all(rule.required) ||
      !rule.allowed.has_all(keys.common(keys_of_kinds())))
    return false;
  if (incomplete_) return false;
  if (form_ == Form::held_line && keys.has(Key::url) != bears_url(event_.kind)) return false;
  if (keys.has(Key::cause_document) && !keys.has(Key::cause)) return false;
  const auto counted = [](const Target& target) {
    const Selectors& all = target.selectors;
    return all.matches.empty() || all.matches.size() == all.ends.size();
  };
  if (event_.has_outline && !outline_is_whole()) return false;
  return counted(event_.target) && counted(event_.onto) && (!event_.key || key_is_listed()) &&
         (!event_.entry || !event_.entry->by.empty()) &&
         (event_.kind != Kind::effect || !event_.changes.empty());
}

bool EventHandler::outline_is_whole() const {
  const KeySet& keys = seen(Level::outline);
  const bool cited = keys.has(Key::state);
  const bool told = keys.has_all({Key::dialect, Key::lines});
  const bool any = keys.has(Key::dialect) || keys.has(Key::lines) || keys.has(Key::frames);
  return event_.kind == Kind::outline ? told && !cited && !keys.has(Key::ref) : cited && !any;
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
