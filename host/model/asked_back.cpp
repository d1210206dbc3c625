#include "model/asked_back.hpp"

namespace fieldnote::model {
namespace {

namespace json = boost::json;

Error unreadable(std::string_view why) {
  return {boost::system::errc::make_error_code(boost::system::errc::bad_message), std::string(why)};
}

std::string text_at(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

// 2026-W47: compared as texts they are in order.
bool is_week(std::string_view text) {
  constexpr std::string_view form = "0000-W00";
  if (text.size() != form.size()) return false;
  for (std::size_t i = 0; i < form.size(); ++i)
    if (form[i] == '0' ? text[i] < '0' || text[i] > '9' : text[i] != form[i]) return false;
  return true;
}

}  // namespace

Result<AskedBack> AskedBack::from_json(const json::object& object) {
  AskedBack asked;
  const std::string of = text_at(object, "of");
  if (of == "task") {
    asked.of = Of::task;
    asked.task = text_at(object, "task");
    if (asked.task.size() != 16 ||
        asked.task.find_first_not_of("0123456789abcdef") != std::string::npos)
      return unreadable("\"task\" must be the id of a task");
  } else if (of == "weeks") {
    asked.of = Of::weeks;
    asked.first = text_at(object, "first");
    asked.last = text_at(object, "last");
    if (!is_week(asked.first) || !is_week(asked.last))
      return unreadable("\"first\" and \"last\" must be weeks like 2026-W40");
    if (asked.last < asked.first) return unreadable("\"last\" is before \"first\"");
  } else if (of != "all") {
    return unreadable("\"of\" must be one of all, task, weeks");
  }
  return asked;
}

json::object AskedBack::to_json() const {
  switch (of) {
    case Of::task:
      return {{"of", "task"}, {"task", task}};
    case Of::weeks:
      return {{"of", "weeks"}, {"first", first}, {"last", last}};
    case Of::all:
      break;
  }
  return {{"of", "all"}};
}

}  // namespace fieldnote::model
