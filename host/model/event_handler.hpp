// The `basic_parser` handler behind EventReader: a stack of levels, the key that a value belongs
// to, and one event that is filled, judged at its closing brace, and told to the sink. Private to
// event_reader.cpp.
#pragma once

#include <array>
#include <boost/json/error.hpp>
#include <boost/json/string_view.hpp>
#include <limits>
#include <set>
#include <string>
#include <vector>

#include "model/arena.hpp"
#include "model/event_keys.hpp"
#include "model/event_reader.hpp"

namespace fieldnote::model {

class EventHandler {
 public:
  // What Boost.JSON asks of a handler.
  static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_array_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_key_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_string_size = std::numeric_limits<std::size_t>::max();
  using ErrorCode = boost::json::error_code;
  using Text = boost::json::string_view;

  void begin(Form form, std::string_view input, BatchSink* sink);

  bool on_document_begin(ErrorCode&) { return true; }
  bool on_document_end(ErrorCode&) { return true; }
  bool on_object_begin(ErrorCode& ec);
  bool on_object_end(std::size_t, ErrorCode& ec);
  bool on_array_begin(ErrorCode& ec);
  bool on_array_end(std::size_t, ErrorCode& ec);
  bool on_key_part(Text text, std::size_t, ErrorCode&);
  bool on_key(Text text, std::size_t, ErrorCode& ec);
  bool on_string_part(Text text, std::size_t, ErrorCode&);
  bool on_string(Text text, std::size_t, ErrorCode& ec);
  bool on_number_part(Text, ErrorCode&) { return true; }
  bool on_int64(std::int64_t number, Text, ErrorCode& ec);
  bool on_uint64(std::uint64_t, Text, ErrorCode& ec) { return unexpected(ec); }
  bool on_double(double, Text, ErrorCode& ec) { return unexpected(ec); }
  bool on_bool(bool value, ErrorCode& ec);
  bool on_null(ErrorCode& ec) { return unexpected(ec); }
  bool on_comment_part(Text, ErrorCode&) { return true; }
  bool on_comment(Text, ErrorCode&) { return true; }

  // After a parse that succeeded.
  [[nodiscard]] bool is_batch() const {
    return is_batch_ && has(Level::batch, Key::seq) && has(Level::batch, Key::events);
  }
  [[nodiscard]] std::uint64_t seq() const { return seq_; }
  [[nodiscard]] Event* held_event() { return fault_ ? nullptr : &event_; }

 private:
  [[nodiscard]] Level level() const { return levels_[depth_]; }
  bool push(Level next, ErrorCode& ec);
  [[nodiscard]] bool in_event() const { return event_depth_ != 0 && depth_ >= event_depth_; }
  [[nodiscard]] bool skipping() const { return fault_.has_value(); }
  [[nodiscard]] bool has(Level where, Key key) const { return seen(where).has(key); }
  [[nodiscard]] KeySet& seen(Level where) { return seen_[static_cast<std::size_t>(where)]; }
  [[nodiscard]] const KeySet& seen(Level where) const {
    return seen_[static_cast<std::size_t>(where)];
  }

  // The value that just came does not belong here: the event is at fault, or, outside events, the
  // whole frame.
  bool unexpected(ErrorCode& ec);
  bool fault(Refusal why);

  void begin_event();
  void end_event();
  [[nodiscard]] bool event_is_whole() const;
  [[nodiscard]] bool outline_is_whole() const;
  // What may begin at this place under `key_`; `Level::outside` where nothing may.
  [[nodiscard]] Level object_here();
  [[nodiscard]] Level array_here() const;
  [[nodiscard]] bool object_is_whole() const;
  void end_numbers();
  void end_chain();
  [[nodiscard]] std::string_view whole(Text text);
  bool scalar_event(ErrorCode& ec);

  // event_values.cpp: one value to its field; false where it does not fit there.
  bool string_in_batch(std::string_view text, ErrorCode& ec);
  [[nodiscard]] bool string_in_event(std::string_view text);
  [[nodiscard]] bool string_in_target(std::string_view text);
  [[nodiscard]] bool string_in_belonging(std::string_view text);
  [[nodiscard]] bool string_in_value(std::string_view text);
  [[nodiscard]] bool string_in_shape(std::string_view text);
  [[nodiscard]] bool string_in_change(std::string_view text);
  [[nodiscard]] bool string_in_outline(std::string_view text);
  [[nodiscard]] bool string_in_list(std::string_view text);
  [[nodiscard]] bool number_in_event(std::int64_t number);
  [[nodiscard]] bool true_or_false(bool value);
  [[nodiscard]] bool key_is_listed() const;

  Form form_ = Form::wire_batch;
  std::string_view input_;
  BatchSink* sink_ = nullptr;

  std::array<Level, 34> levels_{};
  std::size_t depth_ = 0;
  std::size_t event_depth_ = 0;  // depth inside the event, 0 outside
  std::size_t events_ = 0;
  Key key_ = Key::none;
  Key list_ = Key::none;  // the list being filled, in `texts` and `numbers`
  std::size_t next_field_ = 0;
  std::array<KeySet, model::levels> seen_{};
  std::string part_;
  std::string lost_reason_;
  std::set<std::string, std::less<>> lost_reasons_;

  bool is_batch_ = false;
  std::uint64_t seq_ = 0;
  std::optional<Refusal> fault_;
  bool incomplete_ = false;  // some object of the event lacks a key; a better reason may still come
  std::vector<std::int32_t> numbers_;
  std::size_t outline_bytes_ = 0;
  Target* target_ = nullptr;  // the one being filled
  Event event_;
  Arena arena_;
};

}  // namespace fieldnote::model
