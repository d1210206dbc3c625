#include "cli/choosing.hpp"

#include <unistd.h>

#include <charconv>
#include <iostream>

#include "cli/terminal.hpp"

namespace fieldnote::cli {
namespace {

Error bad_option(const std::string& sentence) {
  return {boost::system::errc::make_error_code(boost::system::errc::invalid_argument), sentence};
}

Result<std::string> find_task(spool::Spool& spool, const std::string& wanted) {
  if (wanted == "none") return std::string();
  const auto tasks = spool.tasks();
  if (!tasks) return tasks.error();
  std::vector<std::string> found;
  for (const spool::Task& task : *tasks)
    if (task.id == wanted || task.words == wanted) found.push_back(task.id);
  if (found.size() == 1) return found.front();
  if (found.empty())
    return bad_option("--task " + wanted +
                      ": there is no such task; `fieldnote held --counts` lists "
                      "them");
  std::string ids;
  for (const std::string& id : found) ids += ' ' + id;
  return bad_option("--task " + wanted + ": several tasks have these words; name one of" + ids);
}

}  // namespace

void add_choice(CLI::App& command, Choice& choice) {
  command.add_option("--event", choice.events,
                     "These events, by the key that `fieldnote held --keys` shows");
  command.add_option("--app", choice.app, "Of this app");
  command.add_option("--site", choice.site, "At or below this address: https://crm.corp.example");
  command.add_option("--task", choice.task, "Of this task, by its words or id; none: of no task");
  command.add_option("--text", choice.text, "In which this text stands");
  command.add_option("--since", choice.since, "Stored in the last 15m, 2h or 1d");
}

Result<channel::Which> read_choice(spool::Spool& spool, const Choice& choice) {
  channel::Which which;
  for (const std::string& text : choice.events) {
    auto key = channel::EventKey::parse(text);
    if (!key)
      return bad_option("--event " + text + ": is no key; `fieldnote held --keys` shows them");
    which.events.push_back(std::move(*key));
  }
  if (!choice.app.empty()) which.app = choice.app;
  if (!choice.site.empty()) which.site = choice.site;
  if (!choice.text.empty()) which.text = choice.text;
  if (!choice.task.empty()) {
    auto task = find_task(spool, choice.task);
    if (!task) return task.error();
    which.task = std::move(*task);
  }
  if (!choice.since.empty()) {
    which.since = read_duration(choice.since);
    if (!which.since)
      return bad_option("--since " + choice.since + ": must be a time like 15m, 2h or 1d");
  }
  return which;
}

std::optional<std::chrono::minutes> read_duration(std::string_view text) {
  constexpr std::int64_t most = 366 * 24 * 60;
  std::int64_t count = 0;
  const auto [unit, failed] = std::from_chars(text.data(), text.data() + text.size(), count);
  const std::string_view rest = text.substr(static_cast<std::size_t>(unit - text.data()));
  if (failed != std::errc() || count < 1 || count > most || rest.size() != 1) return std::nullopt;
  std::chrono::minutes length(count);
  if (rest == "h")
    length = std::chrono::hours(count);
  else if (rest == "d")
    length = std::chrono::days(count);
  else if (rest != "m")
    return std::nullopt;
  return length.count() <= most ? std::optional(length) : std::nullopt;
}

std::string duration_text(std::chrono::seconds length) {
  using namespace std::chrono;
  if (length < minutes(1)) return "less than a minute";
  if (length < minutes(100)) return std::to_string(ceil<minutes>(length).count()) + " min";
  if (length < hours(48)) return std::to_string(round<hours>(length).count()) + " h";
  return std::to_string(round<days>(length).count()) + " days";
}

bool confirm(const std::string& question) {
  if (::isatty(STDIN_FILENO) != 1) return false;
  std::cerr << question << " [y/N] " << std::flush;
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "y" || answer == "Y" || answer == "yes";
}

}  // namespace fieldnote::cli
