// Batches and held lines to events in one pass: a Boost.JSON `basic_parser` handler that knows the
// event schema, builds no tree, and judges each event alone, so that one bad event costs itself and
// not its batch. Checks types, lengths, closed lists, required and unknown and double keys. What a
// value may disclose is `redact/`'s business.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "model/event.hpp"
#include "platform/error.hpp"

namespace fieldnote::model {

enum class ReadError { unreadable = 1, not_a_batch, not_an_event };
[[nodiscard]] boost::system::error_code make_error_code(ReadError error);

inline constexpr std::size_t max_batch_events = 1000;
// What a number of JavaScript can count to; batches are numbered from 1.
inline constexpr std::int64_t max_seq = (std::int64_t{1} << 53) - 1;

// Told of what a batch holds, in order, while it is read. If reading fails in the end, what was
// told before is void.
class BatchSink {
 public:
  BatchSink() = default;
  BatchSink(const BatchSink&) = delete;
  BatchSink& operator=(const BatchSink&) = delete;
  virtual ~BatchSink() = default;
  // The event may be changed; it is good until this returns.
  virtual void on_event(Event& event) = 0;
  virtual void on_refused(Refusal why) = 0;
  virtual void on_lost(std::string_view reason, std::uint64_t count) = 0;
};

// The number in the fixed prefix of a batch, `{"type":"batch","seq":N,`, even where the rest cannot
// be parsed.
[[nodiscard]] std::optional<std::uint64_t> batch_number(std::string_view frame);

// Whether the prefix goes on with `"earlier":true,`: recorded before the pause that is on.
[[nodiscard]] bool is_earlier(std::string_view frame);

class EventReader {
 public:
  EventReader();
  ~EventReader();
  EventReader(const EventReader&) = delete;
  EventReader& operator=(const EventReader&) = delete;

  // Returns the number of the batch. `frame` must outlive what the sink does with the events.
  [[nodiscard]] Result<std::uint64_t> read_batch(std::string_view frame, BatchSink& sink);

  // One held line. The event lives until the next call.
  [[nodiscard]] Result<Event*> read_held(std::string_view line);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace fieldnote::model

template <>
struct boost::system::is_error_code_enum<fieldnote::model::ReadError> : std::true_type {};
