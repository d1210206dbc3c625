// fieldnote simulate: bundles of work that nobody did, to try and to measure an export with. Every
// header says so.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>
#include <memory>

#include "cli/commands.hpp"
#include "cli/simulated_work.hpp"
#include "cli/terminal.hpp"
#include "cli/whole_number.hpp"
#include "platform/file.hpp"
#include "recorder/bundle_writer.hpp"
#include "seal/digest.hpp"

namespace fieldnote::cli {
namespace {

namespace fs = platform::fs;
namespace json = boost::json;

// As the sealer's.
constexpr std::size_t bundle_bytes = 4 << 20;

struct Options {
  std::string out;
  std::string recipient;
  std::uint64_t participants = 20;
  std::uint64_t events = 100'000;
  std::uint64_t seed = 1;
  unsigned min_participants = 10;
  SimulatedShape shape;
};

seal::ParticipantKey key_of(std::uint64_t seed, std::uint64_t participant) {
  const std::string text = "simulated " + std::to_string(seed) + '/' + std::to_string(participant);
  seal::Secret<32> secret;
  const seal::Digest digest = seal::sha256(platform::as_bytes(text));
  std::copy(digest.bytes.begin(), digest.bytes.end(), secret.bytes().begin());
  return seal::ParticipantKey(std::move(secret));
}

Result<void> write_text(const fs::path& path, std::string_view text) {
  auto file = platform::DurableFile::create(path, 0644);
  if (!file) return file.error();
  if (auto written = file->write(platform::as_bytes(text)); !written) return written;
  return file->commit();
}

// One participant's folder of bundles.
class Simulation {
 public:
  Simulation(fs::path folder, seal::ParticipantKey key, seal::X25519Recipient recipient,
             unsigned min_participants)
      : folder_(std::move(folder)), key_(std::move(key)), recipients_{std::move(recipient)} {
    content_.terms.organisation = "Simulated Corp";
    content_.terms.min_participants = min_participants;
    content_.week = "2026-W48";
    content_.synthetic = true;
  }

  Result<void> run(SimulatedWork& work, std::uint64_t events) {
    std::error_code failed;
    fs::create_directories(folder_, failed);
    if (failed) return os_error(failed.value(), folder_.string());
    std::uint64_t before = 0;
    while (work.events() < events) {
      work.append_task(content_.lines, content_.ledger);
      if (!work.task().empty())
        content_.tasks.push_back({work.task(), work.task_words(), true, work.task_words(), "done"});
      if (content_.lines.size() < bundle_bytes && work.events() < events) continue;
      content_.events = static_cast<std::int64_t>(work.events() - before);
      before = work.events();
      if (auto sealed = seal(); !sealed) return sealed;
      work.end_batch();
    }
    return {};
  }

 private:
  Result<void> seal() {
    ++content_.n;
    platform::MemorySink sink;
    if (auto written = recorder::write_bundle(sink, content_, key_, recipients_); !written)
      return written;
    content_.previous = seal::sha256(sink.bytes());
    content_.lines.clear();
    content_.ledger = {};
    content_.tasks.clear();
    const std::string name =
        std::to_string(content_.n) + '-' + content_.previous->hex().substr(0, 8) + ".age";
    return write_text(folder_ / name, platform::as_text(sink.bytes()));
  }

  fs::path folder_;
  seal::ParticipantKey key_;
  std::vector<seal::X25519Recipient> recipients_;
  recorder::BundleContent content_;
};

Exit simulate(const Options& options) {
  auto recipient = seal::X25519Recipient::parse(options.recipient);
  if (!recipient) return fail(std::move(recipient.error()).at("--recipient"));
  const fs::path out = options.out;
  std::error_code failed;
  if (fs::exists(out, failed) && !fs::is_empty(out, failed))
    return fail(options.out + ": is not empty; name a new folder");
  json::array people, planted;
  std::uint64_t events = 0;
  Progress progress("simulating");
  for (std::uint64_t i = 0; i < options.participants; ++i) {
    // Tasks are whole, so that those before may have done more than their share.
    const std::uint64_t due = options.events * (i + 1) / options.participants;
    const std::uint64_t share = due > events ? due - events : 1;
    SimulatedWork work(options.seed, i, options.shape);
    seal::ParticipantKey key = key_of(options.seed, i);
    people.push_back(json::object{{"number", i + 1}, {"keys", {key.public_key().text()}}});
    Simulation simulation(out / "bundles" / std::to_string(i + 1), std::move(key), *recipient,
                          options.min_participants);
    if (auto done = simulation.run(work, share); !done) return fail(done.error());
    events += work.events();
    for (const std::string& secret : work.planted()) planted.emplace_back(secret);
    progress.update(i + 1, options.participants, "participants");
  }
  const json::object roster{{"participants", std::move(people)}};
  if (auto written = write_text(out / "roster.json", json::serialize(roster) + '\n'); !written)
    return fail(written.error());
  if (auto written = write_text(out / "planted.json", json::serialize(planted) + '\n'); !written)
    return fail(written.error());
  std::cout << counted(events, "event") << " of " << counted(options.participants, "participant")
            << " in " << options.out << ": bundles/, roster.json, and in planted.json what an "
            << "export must not show\n";
  return Exit::good;
}

}  // namespace

void add_simulate(CLI::App& program, Exit& exit) {
  CLI::App* command = program.add_subcommand(
      "simulate", "Makes bundles of work that nobody did, to try an export with");
  auto options = std::make_shared<Options>();
  command->add_option("--out", options->out, "A new folder")->required();
  command->add_option("--recipient", options->recipient, "The public key that can open them")
      ->required();
  command->add_option("--participants", options->participants, "How many people")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  command
      ->add_option("--events", options->events,
                   "How many events, of all together; each of them does one task at least")
      ->check(whole_number(1, 1'000'000'000'000))
      ->capture_default_str();
  command->add_option("--seed", options->seed, "The same seed gives the same work")
      ->check(whole_number(0))
      ->capture_default_str();
  command
      ->add_option("--min-participants", options->min_participants,
                   "From how many people a text must come to be released")
      ->check(whole_number(1, 1'000'000))
      ->capture_default_str();
  command
      ->add_option("--streams", options->shape.streams,
                   "In how many browsers' streams each of them works, in turns")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  command->add_flag("--distinct", options->shape.distinct,
                    "Pages and values bear clear words that no others have: hard on an export");
  command->add_flag("--tasks", options->shape.tasks, "Each task is said, in words of its own");
  command->callback([options, &exit] { exit = simulate(*options); });
}

}  // namespace fieldnote::cli
