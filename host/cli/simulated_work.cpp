#include "cli/simulated_work.hpp"

#include <array>

#include "model/event_writer.hpp"

namespace fieldnote::cli {
namespace {

// One task in so many bears a secret.
constexpr std::uint64_t planted_every = 500;

constexpr std::array<std::string_view, 6> statuses{"Open",      "Waiting",  "Solved",
                                                   "Escalated", "Refunded", "Closed"};
constexpr std::array<std::string_view, 5> reasons{"Charged twice", "Damaged", "Late", "Wrong item",
                                                  "Changed mind"};
constexpr std::array<std::string_view, 4> actions{"Send reply", "Save", "Send and close",
                                                  "Add internal note"};

std::uint64_t mixed(std::uint64_t z) {
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31U);
}

std::string json_text(std::string_view text) {
  std::string out;
  model::append_json_string(out, text);
  return out;
}

}  // namespace

// Mixed, as the generator goes on by the same number: else each did what the one before did, a
// little later.
SimulatedWork::SimulatedWork(std::uint64_t seed, std::uint64_t participant, SimulatedShape shape)
    : state_(mixed(mixed(seed) + participant + 1)), shape_(shape) {
  stream_ = hex(32);
  scope_ = hex(8);
}

std::string SimulatedWork::words() {
  std::string out;
  for (int word = 0; word < 3; ++word) {
    if (word > 0) out += ' ';
    for (int i = 0; i < 7; ++i) out += "bcdfgklmnprstvwz"[random(16)];
  }
  return out;
}

// The next stream, and a batch that nothing was in.
void SimulatedWork::take_turn() {
  const std::size_t turn = turns_++ % shape_.streams;
  if (turn == streams_.size()) streams_.emplace_back(hex(32), 0);
  stream_ = streams_[turn].first;
  seq_ = streams_[turn].second++;
  in_batch_ = 0;
}

// SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
std::uint64_t SimulatedWork::random(std::uint64_t below) {
  return mixed(state_ += 0x9E3779B97F4A7C15U) % below;
}

std::string SimulatedWork::hex(std::size_t digits) {
  std::string out;
  while (out.size() < digits) out += "0123456789abcdef"[random(16)];
  return out;
}

// The host's placeholders grow with the scope; half the time somebody comes up again.
std::string SimulatedWork::masked(std::string_view label) {
  std::uint32_t& count = label == "EMAIL" ? emails_ : texts_;
  const std::uint64_t number = count > 0 && random(2) == 0 ? random(count) + 1 : ++count;
  return '<' + std::string(label) + '_' + std::to_string(number) + '>';
}

void SimulatedWork::line(std::string& lines, std::string_view kind, std::string_view rest) {
  if (in_batch_++ == batch_events) {
    in_batch_ = 1;
    ++seq_;
    if (shape_.streams > 1) ++streams_[(turns_ - 1) % shape_.streams].second;
  }
  lines += R"({"kind":")" + std::string(kind) + R"(","stream":")" + stream_ + R"(","seq":)" +
           std::to_string(seq_) + R"(,"scope":")" + scope_ + R"(","document":")" + document_ +
           R"(","n":)" + std::to_string(n_++) + R"(,"tab":1,"frame":0,"app":")" + app_ + '"' +
           (task_.empty() ? std::string() : R"(,"task":")" + task_ + '"') + R"(,"url":")" + route_ +
           '"' + std::string(rest) + "}\n";
  ++events_;
  ++ledger_->recorded[std::string(kind)];
}

void SimulatedWork::open(std::string& lines, std::string_view route, std::string_view page) {
  route_ = "https://" + app_ + ".corp.example" + std::string(route);
  document_ = hex(16);
  n_ = 0;
  line(lines, "navigate", R"(,"navigation":"load","title":)" + json_text(masked("TEXT")));
  outline_ = hex(32);
  line(lines, "outline",
       R"(,"outline":{"digest":")" + outline_ + R"(","dialect":"playwright-ai/1.65","lines":[)" +
           std::string(page) + "]}");
}

void SimulatedWork::act(std::string& lines, std::string_view kind, std::string_view role,
                        std::string_view name, std::string_view ref, std::string_view more) {
  const std::string tag = role == "link" ? "a" : role == "button" ? "button" : "input";
  const std::string left = std::to_string(40 + random(600));
  const std::string top = std::to_string(80 + random(500));
  line(lines, kind,
       R"(,"target":{"role":")" + std::string(role) + R"(","name":)" + json_text(name) +
           R"(,"tag":")" + tag + R"(","selectors":[["aria/)" + std::string(name) + R"("],["#)" +
           app_ + '-' + std::string(ref) + R"("],["form > )" + tag +
           R"(.field"]],"matches":[1,1,3],"box":[)" + left + ',' + top +
           R"(,180,32],"viewport":[1280,720]})" + std::string(more) + R"(,"outline":{"digest":")" +
           outline_ + R"(","state":"fresh","ref":")" + std::string(ref) + R"("})");
}

void SimulatedWork::append_task(std::string& lines, model::Ledger& ledger) {
  ledger_ = &ledger;
  app_ = random(3) == 0 ? "crm" : "desk";
  if (shape_.streams > 1) take_turn();
  if (shape_.tasks) {
    task_ = hex(16);
    task_words_ = words();
  }
  const std::string email = masked("EMAIL");
  const std::string subject = shape_.distinct ? words() : masked("TEXT");
  std::string rows;
  for (int i = 0; shape_.distinct && i < 10; ++i)
    rows += R"("      - cell \")" + words() + R"(\"",)";
  const bool plants = random(planted_every) == 0;

  const std::string list =
      R"("- main [ref=e2]:","  - heading \"Tickets\" [level=1] [ref=e3]","  - searchbox \"Search tickets\" [ref=e4]","  - table \"Open tickets\" [ref=e5]:",)"
      R"("    - row [ref=e6]:","      - cell [ref=e7]:","        - link )" +
      std::string("\\\"") + subject + R"(\" [ref=e8] [cursor=pointer]","      - cell ")" + "," +
      rows + R"("  - button \"New ticket\" [ref=e9]")";
  open(lines, "/tickets", list);
  if (random(2) == 0)
    act(lines, "input", "searchbox", "Search tickets", "e4",
        R"(,"value":{"class":"search","disclosure":"placeholder","text":)" + json_text(email) +
            R"(},"entry":{"by":["typed"],"amount":"many"})");
  act(lines, "click", "link", subject, "e8");

  const std::string ticket =
      R"("- main [ref=e2]:","  - heading \")" + subject +
      R"(\" [level=1] [ref=e3]","  - textbox \"Customer email\" [ref=e4]: )" + email +
      R"(","  - combobox \"Status\" [ref=e5]","  - combobox \"Reason\" [ref=e6]","  - textbox \"Reply\" [ref=e7]",)"
      R"("  - checkbox \"Send the customer a copy\" [ref=e8]","  - button \"Send reply\" [ref=e9]","  - button \"Save\" [ref=e10]")";
  open(lines, "/tickets/:id", ticket);
  act(lines, "select", "combobox", "Status", "e5",
      R"(,"value":{"class":"choice","disclosure":"clear","options":[)" + json_text(pick(statuses)) +
          "]}");
  if (random(2) == 0)
    act(lines, "select", "combobox", "Reason", "e6",
        R"(,"value":{"class":"choice","disclosure":"clear","options":[)" +
            json_text(pick(reasons)) + "]}");
  act(lines, "input", "textbox", "Customer email", "e4",
      R"(,"value":{"class":"email","disclosure":"placeholder","text":)" + json_text(email) + "}");
  std::string reply = shape_.distinct ? words() : masked("TEXT");
  if (plants) {
    // As a host would let it pass that knows no detectors.
    planted_.push_back("ghp_" + hex(20) + "x" + hex(15));
    reply = "the key is " + planted_.back();
  }
  act(lines, "input", "textbox", "Reply", "e7",
      R"(,"value":{"class":"free_text","disclosure":")" +
          std::string(plants || shape_.distinct ? "clear" : "placeholder") + R"(","text":)" +
          json_text(reply) + "}");
  if (random(3) == 0)
    act(lines, "check", "checkbox", "Send the customer a copy", "e8",
        R"(,"value":{"class":"toggle","disclosure":"clear","checked":true})");
  const std::string_view done = pick(actions);
  act(lines, "click", "button", done, "e9");
  line(lines, "effect",
       R"(,"cause":)" + std::to_string(n_ - 1) + R"(,"changes":[{"what":"status","text":)" +
           json_text(masked("TEXT")) + "}]");
  ++ledger.redacted["placeholder_email"];
  ++ledger.redacted["placeholder_free_text"];
}

}  // namespace fieldnote::cli
