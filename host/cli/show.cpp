// fieldnote show: a dataset's trajectories as tables that a person can read.
#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <functional>
#include <iostream>
#include <map>
#include <memory>

#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include "cli/whole_number.hpp"
#include "dataset/selection/selection.hpp"
#include "model/strict_json.hpp"
#include "platform/file.hpp"
#include "seal/buffered_source.hpp"
#include "seal/zstd_stream.hpp"

namespace fieldnote::cli {
namespace {

namespace json = boost::json;

constexpr std::size_t max_step = 16 << 20;

std::string text_at(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? printable(value->get_string()) : std::string();
}

const json::object* object_at(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value != nullptr ? value->if_object() : nullptr;
}

std::string target_words(const json::object& action) {
  const auto words = [](const json::object& target) {
    const std::string name = text_at(target, "name");
    return text_at(target, "role") + (name.empty() ? "" : " \"" + name + '"');
  };
  const json::object* target = object_at(action, "target");
  const json::object* onto = object_at(action, "onto");
  if (target == nullptr) return text_at(action, "navigation");
  return words(*target) + (onto == nullptr ? "" : " onto " + words(*onto));
}

// What an action tells beyond its target and its value, and what the page did.
std::string more_words(const json::object& step, const json::object& action) {
  std::string text = text_at(action, "key");
  const auto add = [&text](std::string_view words) {
    if (!text.empty()) text += ", ";
    text += words;
  };
  if (const std::string title = text_at(action, "title"); !title.empty()) add(title);
  if (const std::string size = text_at(action, "size"); !size.empty()) add(size);
  const json::object* effect = object_at(step, "effect");
  const json::value* changes = effect == nullptr ? nullptr : effect->if_contains("changes");
  if (changes == nullptr || !changes->is_array()) return text;
  for (const json::value& change : changes->get_array()) {
    if (!change.is_object()) continue;
    const std::string what = text_at(change.get_object(), "what");
    const std::string said = text_at(change.get_object(), "text");
    if (what != "nothing" && what != "changed") add(said.empty() ? what : what + ' ' + said);
  }
  return text;
}

std::string shape_words(const json::object& value) {
  const json::object* shape = object_at(value, "shape");
  if (shape == nullptr) return {};
  std::string text = ": " + text_at(*shape, "length");
  if (const json::value* characters = shape->if_contains("characters");
      characters != nullptr && characters->is_array())
    for (const json::value& kind : characters->get_array())
      if (kind.is_string()) text += ' ' + std::string(kind.get_string());
  return text;
}

std::string value_words(const json::object& action) {
  const json::object* value = object_at(action, "value");
  if (value == nullptr) return {};
  const std::string disclosure = text_at(*value, "disclosure");
  if (disclosure == "withheld" || disclosure == "shape")
    return disclosure + " (" + text_at(*value, "class") + shape_words(*value) + ')';
  if (const json::value* checked = value->if_contains("checked");
      checked != nullptr && checked->is_bool())
    return checked->get_bool() ? "on" : "off";
  std::string text = text_at(*value, "text");
  if (disclosure == "clear" && !text.empty()) text = '"' + text + '"';
  if (const json::value* options = value->if_contains("options");
      options != nullptr && options->is_array())
    for (const json::value& option : options->get_array()) {
      if (!text.empty()) text += ", ";
      if (option.is_string()) text += '"' + printable(option.get_string()) + '"';
    }
  return text;
}

// What was seen of the page: how much of it, and where the action was.
std::string sight_words(const json::object& step) {
  const json::object* seen = object_at(step, "observation");
  const json::value* text = seen == nullptr ? nullptr : seen->if_contains("text");
  if (text == nullptr || !text->is_string()) return "";
  const std::string& ref = text_at(*seen, "ref");
  const std::string_view lines = text->get_string();
  const auto count = static_cast<std::uint64_t>(std::count(lines.begin(), lines.end(), '\n')) + 1;
  return (ref.empty() ? "" : ref + " of ") + counted(count, "line") +
         (text_at(*seen, "state") == "stale" ? ", stale" : "");
}

// The page before one step, the line of its target set off.
void print_sight(const json::object& step) {
  const json::object* seen = object_at(step, "observation");
  const json::value* text = seen == nullptr ? nullptr : seen->if_contains("text");
  if (text == nullptr || !text->is_string()) {
    std::cout << "No outline of the page was at hand before this step.\n";
    return;
  }
  const std::string mark = "[ref=" + text_at(*seen, "ref") + "]";
  std::string_view rest = text->get_string();
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    const bool is_target = line.find(mark) != std::string_view::npos;
    std::cout << (is_target ? styled("> " + printable(line), Style::bold) : "  " + printable(line))
              << '\n';
  }
}

// What a trajectory was for, and how it ended.
std::string task_words(const json::object& trajectory) {
  const json::object* instruction = object_at(trajectory, "instruction");
  if (instruction == nullptr || text_at(*instruction, "source") == "none") return "";
  const std::string words = text_at(*instruction, "text");
  const std::string outcome = text_at(trajectory, "outcome");
  return (words.empty() ? ": a task whose words are not told" : ": " + words) +
         (outcome == "unknown" ? "" : " (" + outcome + ')');
}

// One step after the other, as tables.
class Tables {
 public:
  // `tasks`: words by trajectory.
  explicit Tables(std::map<std::string, std::string> tasks) : tasks_(std::move(tasks)) {}

  void add(const json::object& step, const json::object& action) {
    if (const std::string name = text_at(step, "trajectory"); name != trajectory_) {
      flush();
      if (!trajectory_.empty()) std::cout << '\n';
      trajectory_ = name;
      std::cout << styled("Trajectory " + name, Style::cyan) << ", " << text_at(step, "app")
                << tasks_[name] << '\n';
    }
    const json::value* place = step.if_contains("step");
    rows_.push_back(
        {place != nullptr && place->is_int64() ? std::to_string(place->get_int64()) : "",
         text_at(action, "kind"), target_words(action), value_words(action),
         more_words(step, action), text_at(step, "url"), sight_words(step)});
  }
  void flush() {
    if (rows_.size() > 1) print_table(rows_);
    rows_.resize(1);
  }
  [[nodiscard]] bool empty() const { return trajectory_.empty(); }

 private:
  std::map<std::string, std::string> tasks_;
  std::string trajectory_;
  std::vector<std::vector<std::string>> rows_{
      {"#", "action", "target", "value", "and", "page", "outline"}};
};

// What of a dataset is asked for.
struct Wanted {
  std::string trajectory;  // empty: all
  std::int64_t step = 0;   // of the trajectory, with the page before it; 0: all, as tables
};

// Calls `f` with each line of a shard, as an object; it says whether it is one.
Result<void> each_row(const platform::fs::path& path,
                      const std::function<bool(const json::object&)>& f) {
  auto file = platform::FileSource::open(path);
  if (!file) return file.error();
  seal::ZstdReader zstd(*file);
  seal::BufferedSource lines(zstd);
  for (std::size_t number = 1;; ++number) {
    const auto line = lines.read_line(max_step);
    if (!line) return Error(line.error()).at(path.string());
    if (line->text.empty() && line->end == seal::BufferedSource::LineEnd::end_of_input) return {};
    const auto value = model::parse_strict(line->text, model::Comments::refused);
    const json::object* row = value ? value->if_object() : nullptr;
    if (row == nullptr || !f(*row))
      return Error{boost::system::errc::make_error_code(boost::system::errc::bad_message),
                   path.string() + ':' + std::to_string(number) + ": is no row of a dataset"};
  }
}

bool show_step(const json::object& step, const Wanted& wanted, Tables& tables) {
  const json::object* action = object_at(step, "action");
  if (action == nullptr) return false;
  if (!wanted.trajectory.empty() && text_at(step, "trajectory") != wanted.trajectory) return true;
  const json::value* place = step.if_contains("step");
  if (wanted.step != 0 && (place == nullptr || *place != wanted.step)) return true;
  tables.add(step, *action);
  if (wanted.step == 0) return true;
  tables.flush();
  print_sight(step);
  return true;
}

// The files of a folder whose names begin like this, in order.
Result<std::vector<platform::fs::path>> shards_in(const platform::fs::path& folder,
                                                  std::string_view name) {
  std::vector<platform::fs::path> files;
  std::error_code failed;
  for (platform::fs::directory_iterator at(folder, failed), end; !failed && at != end;
       at.increment(failed))
    if (const std::string file = at->path().filename().string();
        file.starts_with(name) && file.ends_with(".jsonl.zst"))
      files.push_back(at->path());
  if (failed) return os_error(failed.value(), folder.string());
  std::sort(files.begin(), files.end());
  return files;
}

// Those of a dataset, split by split.
Result<std::vector<platform::fs::path>> shards_of(const platform::fs::path& dataset,
                                                  std::string_view name) {
  auto files = shards_in(dataset, name);
  if (!files) return files;
  for (const std::string_view split : dataset::split_words) {
    if (!platform::fs::is_directory(dataset / split)) continue;
    const auto more = shards_in(dataset / split, name);
    if (!more) return more;
    files->insert(files->end(), more->begin(), more->end());
  }
  return files;
}

Result<std::map<std::string, std::string>> tasks_in(const std::string& folder) {
  std::map<std::string, std::string> tasks;
  const auto files = shards_of(folder, "trajectories-");
  if (!files) return files.error();
  for (const auto& file : *files)
    if (auto read = each_row(file,
                             [&](const json::object& row) {
                               if (std::string words = task_words(row); !words.empty())
                                 tasks[text_at(row, "trajectory")] = std::move(words);
                               return true;
                             });
        !read)
      return read.error();
  return tasks;
}

Exit show(const std::string& folder, const Wanted& wanted) {
  const auto files = shards_of(folder, "steps-");
  if (!files) return fail(files.error());
  if (files->empty())
    return fail(folder +
                ": has no steps-*.jsonl.zst; `fieldnote export` writes them where "
                "`steps` is among its formats");
  auto tasks = tasks_in(folder);
  if (!tasks) return fail(tasks.error());
  Tables tables(std::move(*tasks));
  for (const platform::fs::path& file : *files)
    if (auto shown = each_row(
            file, [&](const json::object& step) { return show_step(step, wanted, tables); });
        !shown)
      return fail(shown.error());
  tables.flush();
  if (!tables.empty()) return Exit::good;
  if (wanted.step != 0)
    return fail(folder + ": has no step " + std::to_string(wanted.step) + " of " +
                (wanted.trajectory.empty() ? "any trajectory" : wanted.trajectory));
  if (!wanted.trajectory.empty()) return fail(folder + ": has no trajectory " + wanted.trajectory);
  std::cout << "The dataset has no steps.\n";
  return Exit::good;
}

}  // namespace

void add_show(CLI::App& program, Exit& exit) {
  CLI::App* command =
      program.add_subcommand("show", "Prints the trajectories of a dataset as tables");
  auto folder = std::make_shared<std::string>();
  auto wanted = std::make_shared<Wanted>();
  command->add_option("dataset", *folder, "The folder that `fieldnote export` wrote")->required();
  command->add_option("trajectory", wanted->trajectory, "Its id; all, if not given");
  command->add_option("--step", wanted->step, "One step, and the outline of the page before it")
      ->check(whole_number(1, 1'000'000));
  command->callback([folder, wanted, &exit] { exit = show(*folder, *wanted); });
}

}  // namespace fieldnote::cli
