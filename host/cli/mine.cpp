// fieldnote mine: the person saves what is held about them and their receipts, in files to read
// (GDPR articles 15 and 20).
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>
#include <memory>

#include "channel/request.hpp"
#include "cli/own_spool.hpp"
#include "cli/terminal.hpp"
#include "platform/paths.hpp"
#include "platform/sandbox.hpp"
#include "recorder/each_held.hpp"
#include "recorder/mine.hpp"

namespace fieldnote::cli {
namespace {

namespace json = boost::json;
namespace fs = platform::fs;

constexpr std::string_view read_me =
    "What Fieldnote holds about you on this computer\n"
    "\n"
    "held.jsonl      each event that is held and was not sent, one a line, byte for byte as it "
    "would "
    "leave\n"
    "receipts.json   what you were shown and what you answered, each time\n"
    "tasks.json      the tasks that you named; \"leaves\": the words as they leave\n"
    "sent.json       the bundles that were made: number, digest, how many events. \"asks\": it "
    "asks "
    "back\n"
    "                what was sent before it. What they hold only the organisation can read\n"
    "\n"
    "These files are not encrypted: whoever can read them reads what you did. Delete them when you "
    "are done.\n";

class Folder {
 public:
  explicit Folder(fs::path path) : path_(std::move(path)) {}

  [[nodiscard]] Result<platform::DurableFile> file(std::string_view name) const {
    return platform::DurableFile::create(path_ / name, 0600);
  }
  [[nodiscard]] Result<void> write(std::string_view name, std::string_view text) const {
    auto out = file(name);
    if (!out) return out.error();
    if (auto written = out->write(platform::as_bytes(text)); !written) return written;
    return out->commit();
  }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

Result<std::uint64_t> write_held(spool::Spool& spool, const Folder& folder) {
  auto file = folder.file("held.jsonl");
  if (!file) return file.error();
  std::uint64_t events = 0;
  const auto write = [&](const spool::HeldRow&, const recorder::HeldLines& lines) -> Result<void> {
    for (const std::string_view line : lines.events) {
      ++events;
      for (const std::string_view part : {line, std::string_view("\n")})
        if (auto written = file->write(platform::as_bytes(part)); !written) return written;
    }
    return {};
  };
  if (const auto done = recorder::each_held(spool, write); !done) return done.error();
  if (auto done = file->commit(); !done) return done.error();
  return events;
}

// Of all pages one object.
Result<json::object> read_all_of(spool::Spool& spool) {
  json::object all;
  channel::MineRequest request;
  do {
    const auto part = recorder::mine(spool, request);
    if (!part) return part.error();
    json::object page = json::parse('{' + part->substr(1) + '}').as_object();
    const json::value* next = page.if_contains("next");
    request.after = next != nullptr ? std::string(next->as_string()) : "";
    for (const char* list : {"receipts", "tasks", "bundles"}) {
      if (!all.contains(list)) all[list] = json::array();
      for (json::value& item : page.at(list).as_array()) all[list].as_array().push_back(item);
    }
    if (const json::value* key = page.if_contains("participant")) all["participant"] = *key;
  } while (!request.after.empty());
  return all;
}

// One item a line: readable, and still one JSON text.
std::string lines_of(const json::array& items) {
  std::string text = "[";
  for (const json::value& item : items)
    text += (text.size() == 1 ? "\n" : ",\n") + json::serialize(item);
  return text + "\n]\n";
}

Exit save(const std::string& out) {
  if (std::error_code failed; fs::exists(out, failed) && !fs::is_empty(out, failed))
    return fail(out + ": is there already, and not empty; name a new folder");
  const auto state = platform::state_folder();
  if (!state) return fail(state.error());
  if (!fs::exists(*state / "spool.db")) {
    std::cout << "Nothing is held about you on this computer.\n";
    return Exit::good;
  }
  const fs::path path = fs::absolute(out);
  if (auto made = platform::make_private_folder(path); !made) return fail(made.error());
  auto spool = spool::Spool::open(*state);
  if (!spool) return fail(spool.error());
  const std::array<fs::path, 2> writable{*state, path};
  if (const auto level = platform::enter_sandbox(writable); !level) return fail(level.error());
  const Folder folder(path);
  const auto events = write_held(*spool, folder);
  if (!events) return fail_own(events.error(), *spool);
  const auto all = read_all_of(*spool);
  if (!all) return fail_own(all.error(), *spool);
  const auto& bundles = all->at("bundles").as_array();
  const auto& receipts = all->at("receipts").as_array();
  std::string note(read_me);
  if (const json::value* key = all->if_contains("participant"))
    note += "\nThe organisation knows this account by the key " + std::string(key->as_string()) +
            " alone.\n";
  for (const auto& [name, text] : {std::pair<std::string_view, std::string>("README.txt", note),
                                   {"receipts.json", lines_of(receipts)},
                                   {"tasks.json", lines_of(all->at("tasks").as_array())},
                                   {"sent.json", lines_of(bundles)}})
    if (auto written = folder.write(name, text); !written) return fail(written.error());
  std::cout << styled(path.string(), Style::bold) << "  " << counted(*events, "held event") << ", "
            << counted(receipts.size(), "receipt") << ", " << counted(bundles.size(), "bundle")
            << " sent\n"
            << "The files are not encrypted, and only you can read them: delete them when you are "
               "done.\n";
  return Exit::good;
}

}  // namespace

void add_mine(CLI::App& program, Exit& exit) {
  CLI::App* command = program.add_subcommand(
      "mine", "Saves what is held about you and your receipts, in files that you can read");
  auto out = std::make_shared<std::string>();
  command->add_option("--out", *out, "A new folder")->required();
  command->callback([out, &exit] { exit = save(*out); });
}

}  // namespace fieldnote::cli
