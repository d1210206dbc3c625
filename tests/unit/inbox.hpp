// Bundles in a folder and the dataset that is made of them, for tests of what is in it.
#pragma once

#include <boost/test/unit_test.hpp>
#include <sstream>

#include "bundle_fixture.hpp"
#include "dataset/exporter.hpp"
#include "held_lines.hpp"

namespace fieldnote::testing {

namespace fs = platform::fs;
namespace json = boost::json;

// A bundle whose header says also this; without events where it asks back.
inline std::string a_bundle_that(const json::object& says, std::string_view lines, std::int64_t n,
                                 const seal::ParticipantKey& key = a_participant()) {
  json::object header =
      json_of(header_line(std::count(lines.begin(), lines.end(), '\n'), n, 1, key));
  for (const auto& [name, value] : says) header[name] = value;
  return sealed(signed_text(json::serialize(header) + '\n' + std::string(lines), key));
}

inline std::string of_task(std::string line, std::string_view task) {
  constexpr std::string_view before = R"("url":)";
  return line.insert(line.find(before), R"("task":")" + std::string(task) + R"(",)");
}

// An event with `more` in the place of what it says otherwise.
inline std::string changed_line(std::uint64_t seq, std::string_view more) {
  json::object event = json_of(held_line(seq));
  for (const auto& [key, value] : json_of(more)) event[key] = value;
  for (const char* kind : {"outline", "navigate", "away"})
    if (event.at("kind") == kind) event.erase("target");
  if (event.at("kind") == "away") event.erase("url");
  return json::serialize(event) + '\n';
}

inline constexpr std::string_view digest_a = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

// An outline of `document`, of lines that are joined by line feeds.
inline std::string outline_line(std::uint64_t seq, std::string_view lines,
                                std::string_view frames = "[]",
                                std::string_view document = a_document,
                                std::string_view more = "{}") {
  json::array list;
  for (std::string_view rest = lines; !rest.empty();) {
    list.emplace_back(rest.substr(0, rest.find('\n')));
    rest.remove_prefix(std::min(rest.size(), rest.substr(0, rest.find('\n')).size() + 1));
  }
  json::object outline{{"digest", digest_a}, {"dialect", "playwright-ai/1.65"}, {"lines", list}};
  if (frames != "[]") outline["frames"] = json::parse(frames);
  json::object event{{"kind", "outline"}, {"document", document}, {"outline", outline}};
  for (const auto& [key, value] : json_of(more)) event[key] = value;
  return changed_line(seq, json::serialize(event));
}

inline std::string citing_line(std::uint64_t seq, std::string_view ref,
                               std::string_view state = "fresh",
                               std::string_view document = a_document) {
  return changed_line(
      seq, json::serialize(
               json::object{{"document", document},
                            {"n", 7},
                            {"outline", {{"digest", digest_a}, {"state", state}, {"ref", ref}}}}));
}

inline std::vector<json::object> lines_of(const std::string& steps) {
  std::istringstream text(steps);
  std::vector<json::object> lines;
  for (std::string step; std::getline(text, step);) lines.push_back(json_of(step));
  return lines;
}

struct Inbox : TemporaryFolder {
  fs::path bundles = *this / "bundles";
  fs::path out = *this / "dataset";
  Inbox() { fs::create_directory(bundles); }

  void put(const char* name, std::string_view bytes) const { write_file(bundles / name, bytes); }
  dataset::ExportOptions options{.inputs = {bundles}, .out = out, .internal = true, .seed = 1};
  std::vector<std::vector<seal::ParticipantPublicKey>> people{{a_participant(1).public_key()},
                                                              {a_participant(2).public_key()}};

  // The roster is this many people, and each of them has put the bundle `of(number, key)`.
  template <class F>
  void put_of_each(unsigned char many, F&& of) {
    people.clear();
    for (unsigned char person = 1; person <= many; ++person) {
      const seal::ParticipantKey key = a_participant(person);
      people.push_back({key.public_key()});
      put_of(person, of(person, key));
    }
  }
  void put_of(unsigned person, std::string_view bytes) const {
    put((std::to_string(person) + ".age").c_str(), bytes);
  }
  // A dataset to hand on, in which is what this many people showed.
  void passes_from(unsigned min_people) {
    options.internal = false;
    options.min_people = min_people;
  }

  dataset::Roster roster() const {
    json::array list;
    for (std::size_t i = 0; i < people.size(); ++i) {
      json::array keys;
      for (const auto& key : people[i]) keys.emplace_back(key.text());
      list.push_back(json::object{{"number", i + 1}, {"keys", keys}});
    }
    return dataset::Roster::parse("roster.json",
                                  json::serialize(json::object{{"participants", list}}))
        .value();
  }
  Result<dataset::ExportReport> try_export() const {
    const auto quiet = [](std::size_t, std::size_t) {};
    return dataset::export_dataset(options, {&organisation_key(), 1}, roster(),
                                   {quiet, quiet, quiet});
  }
  dataset::ExportReport export_all() const {
    fs::remove_all(out);
    auto report = try_export();
    BOOST_TEST_REQUIRE(report.has_value(), report.error().sentence);
    return std::move(*report);
  }
  std::string steps() const {
    std::string text;
    for (unsigned shard = 0; fs::exists(shard_name(shard)); ++shard)
      text += unpacked(read_file(shard_name(shard)));
    return text;
  }
  fs::path shard_name(unsigned number) const {
    const std::string digits = std::to_string(number);
    return out / ("steps-" + std::string(5 - digits.size(), '0') + digits + ".jsonl.zst");
  }
  // The names of the targets in the order of the steps, "/" between trajectories.
  std::string order() const {
    std::string names;
    std::string trajectory;
    const std::string text = steps();
    std::int64_t step = 0;
    for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
      const json::object line = json_of(text.substr(at, text.find('\n', at) - at));
      if (line.at("trajectory").as_string() != trajectory) {
        if (!trajectory.empty()) names += '/';
        trajectory = line.at("trajectory").as_string();
        step = 0;
      }
      BOOST_TEST(line.at("step").as_int64() == ++step);
      names += line.at("action").at("target").at("name").as_string();
    }
    return names;
  }
};

}  // namespace fieldnote::testing
