#include "channel/request.hpp"

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <charconv>
#include <cstdio>

#include "model/strict_json.hpp"

namespace fieldnote::channel {
namespace {

namespace json = boost::json;

constexpr std::int64_t max_number = (std::int64_t{1} << 53) - 1;
constexpr std::int64_t most_pause_minutes = 1440, most_since_minutes = 525600;
constexpr std::size_t longest_app = 200, longest_site = 2048, longest_text = 200;
constexpr std::size_t longest_cursor = 60;

bool is_hex(std::string_view text, std::size_t digits) {
  return text.size() == digits &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// The members of one message. What is missing or of the wrong kind is remembered, the first of it.
class Fields {
 public:
  Fields(std::string_view type, const json::object& object) : type_(type), object_(object) {}

  [[nodiscard]] bool has(std::string_view key) const { return object_.contains(key); }

  std::int64_t number(std::string_view key, std::int64_t least, std::int64_t most) {
    const json::value* value = object_.if_contains(key);
    if (value != nullptr && value->is_int64() && value->get_int64() >= least &&
        value->get_int64() <= most)
      return value->get_int64();
    fault(key,
          "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
    return least;
  }
  std::string text(std::string_view key, std::size_t least, std::size_t most) {
    const json::value* value = object_.if_contains(key);
    if (value != nullptr && value->is_string() && value->get_string().size() >= least &&
        value->get_string().size() <= most)
      return std::string(value->get_string());
    fault(key,
          "must be a text of " + std::to_string(least) + " to " + std::to_string(most) + " bytes");
    return {};
  }
  bool flag(std::string_view key) {
    const json::value* value = object_.if_contains(key);
    if (value == nullptr) return false;
    if (value->is_bool()) return value->get_bool();
    fault(key, "must be true or false");
    return false;
  }
  std::string one_of(std::string_view key, std::initializer_list<std::string_view> words) {
    const json::value* value = object_.if_contains(key);
    std::string all;
    for (const std::string_view word : words) {
      if (value != nullptr && value->is_string() && value->get_string() == word)
        return std::string(word);
      all += (all.empty() ? "" : ", ") + std::string(word);
    }
    fault(key, "must be one of " + all);
    return {};
  }
  const json::object* object(std::string_view key) {
    const json::value* value = object_.if_contains(key);
    if (value != nullptr && value->is_object()) return &value->get_object();
    fault(key, "must be an object");
    return nullptr;
  }
  const json::array* array(std::string_view key) {
    const json::value* value = object_.if_contains(key);
    if (value != nullptr && value->is_array()) return &value->get_array();
    fault(key, "must be a list");
    return nullptr;
  }
  void fault(std::string_view key, const std::string& what) {
    if (!error_)
      error_ =
          Error{ProtocolError::message_invalid,
                "the message \"" + std::string(type_) + "\": \"" + std::string(key) + "\" " + what};
  }

  template <class T>
  Result<T> result(T value) {
    if (error_) return *error_;
    return value;
  }
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }
  [[nodiscard]] std::string_view type() const { return type_; }

 private:
  std::string_view type_;
  const json::object& object_;
  std::optional<Error> error_;
};

EventKey key_in(Fields& fields, std::string_view name, const json::value* value) {
  if (value != nullptr && value->is_string())
    if (auto key = EventKey::parse(value->get_string())) return *key;
  fields.fault(name, "must be a key as held_events gives it");
  return {};
}

Which read_which(Fields& message) {
  Which which;
  const json::object* object = message.object("which");
  if (object == nullptr) return which;
  Fields fields(message.type(), *object);
  if (fields.has("events"))
    if (const json::array* keys = fields.array("events")) {
      if (keys->empty() || keys->size() > most_keys)
        fields.fault("events", "must list 1 to " + std::to_string(most_keys) + " keys");
      else
        for (const json::value& key : *keys) which.events.push_back(key_in(fields, "events", &key));
    }
  if (fields.has("from") || fields.has("to")) {
    EventKey from = key_in(fields, "from", object->if_contains("from"));
    which.range.emplace(std::move(from), key_in(fields, "to", object->if_contains("to")));
  }
  if (fields.has("app")) which.app = fields.text("app", 0, longest_app);
  if (fields.has("site")) which.site = fields.text("site", 1, longest_site);
  if (fields.has("text")) which.text = fields.text("text", 1, longest_text);
  if (fields.has("task")) {
    which.task = fields.text("task", 1, 16);
    if (*which.task == "none")
      which.task->clear();
    else if (!is_hex(*which.task, 16))
      fields.fault("task", "must be the id of a task, or none");
  }
  if (fields.has("since_minutes"))
    which.since = std::chrono::minutes(fields.number("since_minutes", 1, most_since_minutes));
  which.all = fields.flag("all");
  if (which.empty()) fields.fault("which", "chooses nothing; say {\"all\":true} for everything");
  // A member that this host does not know would have chosen fewer: choosing more is no guess to
  // make.
  constexpr std::array<std::string_view, 9> known{
      "events", "from", "to", "app", "site", "task", "text", "since_minutes", "all"};
  for (const auto& [name, ignored] : *object)
    if (std::find(known.begin(), known.end(), std::string_view(name)) == known.end())
      fields.fault(name, "is no member that this host knows; update it");
  if (fields.error()) message.fault("which", fields.error()->sentence);
  return which;
}

Words read_words(Fields& fields, std::size_t least) {
  Words words;
  words.text = fields.text("words", least, longest_words);
  words.clear = fields.flag("clear");
  return words;
}

Result<Request> read_state(Fields& fields, Request request) {
  const std::string change =
      fields.one_of("change", {"pause", "resume", "begin_task", "end_task", "none"});
  if (change == "pause") {
    PauseRequest pause;
    if (fields.has("minutes"))
      pause.minutes = std::chrono::minutes(fields.number("minutes", 1, most_pause_minutes));
    if (fields.has("until")) {
      pause.until = parse_moment(fields.text("until", 20, 24));
      if (!pause.until) fields.fault("until", "must be a moment like 2026-11-28T14:30:00Z");
    }
    if (pause.minutes && pause.until) fields.fault("until", "cannot stand beside \"minutes\"");
    request.what = pause;
  } else if (change == "resume") {
    request.what = ResumeRequest{};
  } else if (change == "begin_task") {
    request.what = BeginTask{read_words(fields, 1)};
  } else if (change == "end_task") {
    request.what = EndTask{fields.one_of("outcome", {"done", "stopped"})};
  } else {
    request.what = StandingRequest{};
  }
  return fields.result(std::move(request));
}

Result<Request> read_held(Fields& fields, Request request) {
  const std::string form = fields.one_of("form", {"events", "texts", "counts"});
  std::optional<Which> which;
  if (form != "counts" && fields.has("which")) which = read_which(fields);
  if (form == "events") {
    HeldEventsRequest events;
    events.which = std::move(which);
    if (fields.has("before")) events.before = fields.text("before", 1, longest_cursor);
    if (fields.has("most"))
      events.most = static_cast<std::size_t>(
          fields.number("most", 1, static_cast<std::int64_t>(most_events_a_page)));
    events.whole_outlines =
        fields.has("outlines") && fields.one_of("outlines", {"short", "whole"}) == "whole";
    request.what = std::move(events);
  } else if (form == "texts") {
    HeldTextsRequest texts;
    texts.which = std::move(which);
    if (fields.has("after")) texts.after = fields.text("after", 1, longest_cursor);
    request.what = std::move(texts);
  } else {
    request.what = HeldCountsRequest{};
  }
  return fields.result(std::move(request));
}

Result<Request> read_withdraw(Fields& fields, Request request) {
  WithdrawRequest withdraw;
  withdraw.delete_held = fields.one_of("held", {"delete", "keep"}) == "delete";
  withdraw.go_on = fields.flag("go_on");
  if (fields.has("left"))
    if (const json::object* left = fields.object("left")) {
      auto scope = model::AskedBack::from_json(*left);
      if (!scope)
        fields.fault("left", scope.error().sentence);
      else
        withdraw.left = std::move(*scope);
    }
  request.what = std::move(withdraw);
  return fields.result(std::move(request));
}

}  // namespace

std::optional<EventKey> EventKey::parse(std::string_view text) {
  EventKey key;
  const std::size_t first = text.find('-');
  const std::size_t second = first == std::string_view::npos ? first : text.find('-', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  const std::string_view row = text.substr(0, first);
  key.document = text.substr(first + 1, second - first - 1);
  const std::string_view n = text.substr(second + 1);
  const auto [row_end, bad_row] = std::from_chars(row.data(), row.data() + row.size(), key.row);
  const auto [n_end, bad_n] = std::from_chars(n.data(), n.data() + n.size(), key.n);
  if (bad_row != std::errc() || bad_n != std::errc() || row_end != row.data() + row.size() ||
      n_end != n.data() + n.size() || key.row < 1 || !is_hex(key.document, 16))
    return std::nullopt;
  return key;
}

std::string EventKey::text() const {
  return std::to_string(row) + '-' + document + '-' + std::to_string(n);
}

std::optional<Result<Request>> read_request(std::string_view type, const json::object& object) {
  constexpr std::array<std::string_view, 8> types{"state", "told", "held",     "delete",
                                                  "label", "seal", "withdraw", "mine"};
  if (std::find(types.begin(), types.end(), type) == types.end()) return std::nullopt;
  Fields fields(type, object);
  Request request;
  request.id = fields.number("id", 0, max_number);
  if (type == "state") return read_state(fields, std::move(request));
  if (type == "held") return read_held(fields, std::move(request));
  if (type == "withdraw") return read_withdraw(fields, std::move(request));
  if (type == "told") {
    request.what = ToldRequest{fields.number("up_to", 0, max_number)};
  } else if (type == "delete") {
    request.what = DeleteRequest{read_which(fields)};
  } else if (type == "label") {
    LabelRequest label{read_which(fields), read_words(fields, 0), std::nullopt};
    if (fields.has("outcome")) label.outcome = fields.one_of("outcome", {"done", "stopped"});
    request.what = std::move(label);
  } else if (type == "seal") {
    request.what = SealRequest{};
  } else {
    MineRequest mine;
    if (fields.has("after")) mine.after = fields.text("after", 1, longest_cursor);
    request.what = std::move(mine);
  }
  return fields.result(std::move(request));
}

std::optional<std::int64_t> id_of(std::string_view frame) {
  const auto value = model::parse_strict(frame, model::Comments::refused);
  const json::object* object = value ? value->if_object() : nullptr;
  const json::value* id = object != nullptr ? object->if_contains("id") : nullptr;
  if (id == nullptr || !id->is_int64() || id->get_int64() < 0 || id->get_int64() > max_number)
    return std::nullopt;
  return id->get_int64();
}

std::optional<std::chrono::sys_seconds> parse_moment(std::string_view text) {
  using namespace std::chrono;
  const std::string copy(text);
  int y = 0;
  unsigned mo = 0;
  unsigned d = 0;
  int h = 0;
  int mi = 0;
  int s = 0;
  int end = 0;
  if (std::sscanf(copy.c_str(), "%4d-%2u-%2uT%2d:%2d:%2d%n", &y, &mo, &d, &h, &mi, &s, &end) != 6)
    return std::nullopt;
  const std::string_view rest = text.substr(static_cast<std::size_t>(end));
  const bool fraction = rest.size() == 5 && rest[0] == '.' && rest[4] == 'Z';
  if (rest != "Z" && !fraction) return std::nullopt;
  const year_month_day date{year(y), month(mo), day(d)};
  if (!date.ok() || h < 0 || h > 23 || mi < 0 || mi > 59 || s < 0 || s > 59) return std::nullopt;
  return sys_days(date) + hours(h) + minutes(mi) + seconds(s);
}

std::string moment_text(std::chrono::sys_time<std::chrono::milliseconds> moment) {
  std::string text = moment_text(std::chrono::floor<std::chrono::seconds>(moment));
  const auto part = moment.time_since_epoch() % std::chrono::seconds(1);
  std::array<char, 8> digits{};
  std::snprintf(digits.data(), digits.size(), ".%03dZ", static_cast<int>(part.count()));
  text.replace(text.size() - 1, 1, digits.data());
  return text;
}

std::string moment_text(std::chrono::sys_seconds moment) {
  using namespace std::chrono;
  const sys_days date = floor<days>(moment);
  const year_month_day day(date);
  const hh_mm_ss time(moment - date);
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ",
                static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                static_cast<unsigned>(day.day()), static_cast<int>(time.hours().count()),
                static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
  return text.data();
}

}  // namespace fieldnote::channel
