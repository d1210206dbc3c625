// What the person asks of the host (manifest/protocol.md, from "How things stand" on), from JSON to
// structs. Whoever asks in another way, such as the command line, fills the same structs.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "channel/protocol.hpp"
#include "model/asked_back.hpp"
#include "platform/error.hpp"

namespace fieldnote::channel {

inline constexpr std::size_t most_keys = 1000, most_events_a_page = 500, usual_events_a_page = 100;
inline constexpr std::size_t longest_words = 200;

// Names one held event.
struct EventKey {
  std::int64_t row = 0;
  std::string document;
  std::uint32_t n = 0;
  [[nodiscard]] static std::optional<EventKey> parse(std::string_view text);
  [[nodiscard]] std::string text() const;
  friend auto operator<=>(const EventKey&, const EventKey&) = default;
};

// Chooses held events; each member that is given must hold.
struct Which {
  std::vector<EventKey> events;
  std::optional<std::pair<EventKey, EventKey>> range;
  std::optional<std::string> app, site, text;
  std::optional<std::string> task;  // its id; empty: of no task
  std::optional<std::chrono::minutes> since;
  bool all = false;
  [[nodiscard]] bool empty() const { return !narrowed() && !task && !all; }
  [[nodiscard]] bool only_all() const { return all && !narrowed() && !task; }
  [[nodiscard]] bool only_task() const { return task && !narrowed(); }

 private:
  [[nodiscard]] bool narrowed() const {
    return !events.empty() || range || app || site || text || since;
  }
};

struct Words {
  std::string text;
  bool clear = false;
};

struct PauseRequest {
  std::optional<std::chrono::sys_seconds> until;
  std::optional<std::chrono::minutes> minutes;
};
struct ResumeRequest {};
struct BeginTask {
  Words words;
};
struct EndTask {
  std::string outcome;
};
struct StandingRequest {};
struct ToldRequest {
  std::int64_t up_to = 0;
};
struct HeldEventsRequest {
  std::optional<Which> which;
  std::string before;  // empty: from the newest on
  std::size_t most = usual_events_a_page;
  bool whole_outlines = false;
};
struct HeldTextsRequest {
  std::optional<Which> which;
  std::string after;
};
struct HeldCountsRequest {};
struct DeleteRequest {
  Which which;
};
struct LabelRequest {
  Which which;
  Words words;  // empty: of no task
  std::optional<std::string> outcome;
};
struct SealRequest {};

struct WithdrawRequest {
  bool delete_held = false;
  std::optional<model::AskedBack> left;
  bool go_on = false;
};
struct MineRequest {
  std::string after;
};

struct Request {
  std::int64_t id = 0;
  std::variant<StandingRequest, PauseRequest, ResumeRequest, BeginTask, EndTask, ToldRequest,
               HeldEventsRequest, HeldTextsRequest, HeldCountsRequest, DeleteRequest, LabelRequest,
               SealRequest, WithdrawRequest, MineRequest>
      what;
};

// Nothing where `type` is none of these. Errors: `message_invalid`.
[[nodiscard]] std::optional<Result<Request>> read_request(std::string_view type,
                                                          const boost::json::object& object);
// The id of a request that may not be readable otherwise.
[[nodiscard]] std::optional<std::int64_t> id_of(std::string_view frame);

// UTC, as messages write it: 2026-11-28T14:30:00Z, also with milliseconds.
[[nodiscard]] std::optional<std::chrono::sys_seconds> parse_moment(std::string_view text);
[[nodiscard]] std::string moment_text(std::chrono::sys_seconds moment);
[[nodiscard]] std::string moment_text(std::chrono::sys_time<std::chrono::milliseconds> moment);

}  // namespace fieldnote::channel
