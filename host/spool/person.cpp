#include "spool/person.hpp"

#include <array>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "platform/random.hpp"
#include "spool/row.hpp"

namespace fieldnote::spool {
namespace {

namespace json = boost::json;

constexpr std::size_t id_digits = 16;
constexpr std::size_t longest_task = 16 << 10;

// A sealed task opens only as the task that it is.
Place place_of_task(std::string_view id) {
  constexpr std::string_view tag = "fieldnote/task:1";
  StreamId stream;
  const auto bytes = platform::as_bytes(tag);
  std::copy(bytes.begin(), bytes.end(), stream.bytes.begin());
  return place_of(stream, std::stoull(std::string(id), nullptr, 16), 1);
}

std::optional<std::string> text_at(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return std::string(value->get_string());
}

}  // namespace

std::string new_task_id() {
  constexpr std::string_view digits = "0123456789abcdef";
  std::array<std::byte, id_digits / 2> bytes{};
  platform::fill_random(bytes);
  std::string id;
  for (const std::byte b : bytes) {
    id += digits[std::to_integer<unsigned>(b >> 4)];
    id += digits[std::to_integer<unsigned>(b & std::byte{15})];
  }
  return id;
}

bool is_task_id(std::string_view text) {
  return text.size() == id_digits &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

Result<Person> Spool::person() {
  auto query = database_.prepare(
      "SELECT pause_since, pause_until, pause_boot, pause_until_since_boot, task, told, day, today "
      "FROM person");
  if (!query) return query.error();
  auto row = query->step();
  if (!row) return row.error();
  Person person;
  if (!*row) return person;
  if (!query->is_null(0)) {
    Pause& pause = person.pause.emplace();
    pause.since = decltype(pause.since)(std::chrono::milliseconds(query->number(0)));
    if (!query->is_null(1))
      pause.until = std::chrono::sys_seconds(std::chrono::seconds(query->number(1)));
    pause.boot = query->text(2);
    pause.until_since_boot = std::chrono::seconds(query->number(3));
  }
  if (!query->is_null(4)) person.task = query->text(4);
  person.told = query->number(5);
  person.day = query->number(6);
  person.today = query->number(7);
  return person;
}

Result<std::vector<std::string>> Spool::receipts() {
  auto query = database_.prepare("SELECT receipt FROM consent ORDER BY id");
  if (!query) return query.error();
  std::vector<std::string> receipts;
  while (true) {
    auto more = query->step();
    if (!more) return more.error();
    if (!*more) return receipts;
    receipts.emplace_back(query->text(0));
  }
}

Result<std::vector<Task>> Spool::tasks() {
  auto query = database_.prepare("SELECT id, sealed FROM task ORDER BY n DESC");
  if (!query) return query.error();
  std::vector<Task> tasks;
  while (true) {
    auto more = query->step();
    if (!more) return more.error();
    if (!*more) return tasks;
    const std::string id(query->text(0));
    if (!is_task_id(id)) return damaged(folder_, "a task has no id");
    // One that does not open is one that nobody can read any more.
    const auto opened = cipher_.open(query->blob(1), place_of_task(id));
    if (!opened || opened->size() > longest_task) continue;
    boost::system::error_code failed;
    const json::value value = json::parse(platform::as_text(*opened), failed);
    const json::object* object = failed ? nullptr : value.if_object();
    if (object == nullptr) continue;
    Task& task = tasks.emplace_back();
    task.id = id;
    task.words = text_at(*object, "words").value_or("");
    task.own = object->contains("own");
    task.leaves = text_at(*object, "leaves");
    task.outcome = text_at(*object, "outcome");
  }
}

Result<std::optional<Task>> Spool::task(std::string_view id) {
  auto all = tasks();
  if (!all) return all.error();
  for (Task& task : *all)
    if (task.id == id) return std::optional(std::move(task));
  return std::optional<Task>();
}

Result<HeldNow> Spool::held_now() {
  auto query = database_.prepare(
      "SELECT coalesce(sum(held.events), 0), coalesce(max(held.id), 0), min(held.use + "
      "terms.window), max(held.use + terms.window) FROM held JOIN terms ON terms.id = held.terms");
  if (!query) return query.error();
  auto row = query->step();
  if (!row) return row.error();
  HeldNow now;
  if (!*row) return now;
  now.events = query->number(0);
  now.up_to = query->number(1);
  if (!query->is_null(2)) {
    now.first_leaves = std::chrono::seconds(query->number(2));
    now.last_leaves = std::chrono::seconds(query->number(3));
  }
  return now;
}

Result<void> Spool::Write::set_pause(const std::optional<Pause>& pause) {
  news_ = true;
  auto set = spool_->database_.prepare(
      "UPDATE person SET pause_since = ?1, pause_until = ?2, pause_boot = ?3, "
      "pause_until_since_boot = ?4");
  if (!set) return set.error();
  if (!pause) return set->bind(1, nullptr).bind(2, nullptr).bind(3, nullptr).bind(4, nullptr).run();
  set->bind(1, std::int64_t{pause->since.time_since_epoch().count()});
  if (pause->until)
    set->bind(2, std::int64_t{pause->until->time_since_epoch().count()});
  else
    set->bind(2, nullptr);
  return set->bind(3, pause->boot).bind(4, std::int64_t{pause->until_since_boot.count()}).run();
}

Result<void> Spool::Write::set_task_in_hand(const std::optional<std::string>& id) {
  news_ = true;
  auto set = spool_->database_.prepare("UPDATE person SET task = ?1");
  if (!set) return set.error();
  return id ? set->bind(1, *id).run() : set->bind(1, nullptr).run();
}

Result<void> Spool::Write::put_task(const Task& task) {
  news_ = true;
  json::object object{{"words", task.words}};
  if (task.own) object["own"] = true;
  if (task.leaves) object["leaves"] = *task.leaves;
  if (task.outcome) object["outcome"] = *task.outcome;
  const std::string text = json::serialize(object);
  const platform::ByteView sealed =
      spool_->cipher_.seal(platform::as_bytes(text), place_of_task(task.id));
  auto put = spool_->database_.prepare(
      "INSERT INTO task (id, sealed) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET sealed = ?2");
  if (!put) return put.error();
  return put->bind(1, task.id).bind(2, sealed).run();
}

Result<void> Spool::Write::told(std::int64_t up_to) {
  auto set = spool_->database_.prepare(
      "UPDATE person SET told = max(told, min(?1, (SELECT coalesce(max(id), 0) FROM held)))");
  if (!set) return set.error();
  return set->bind(1, up_to).run();
}

Result<void> Spool::Write::count_today(std::int64_t day, std::int64_t events) {
  return spool_->count_today_.bind(1, day).bind(2, events).run();
}

}  // namespace fieldnote::spool
