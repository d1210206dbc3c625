#include "browser.hpp"

#include <algorithm>
#include <cstdio>
#include <random>

namespace fieldnote::fault {
namespace {

std::string hex(std::uint64_t number) {
  std::array<char, 17> text{};
  std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(number));
  return text.data();
}

// Letters in no order that repeats.
std::string noise(std::uint64_t which, std::size_t size) {
  std::mt19937_64 engine(which);
  std::string text;
  while (text.size() < size) text += hex(engine());
  text.resize(size);
  return text;
}

std::string label_of(std::uint64_t n) {
  return "Button " + std::to_string(n);
}

std::string text_in(const boost::json::object& message, std::string_view key) {
  const auto* value = message.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::uint64_t number_in(const boost::json::object& message, std::string_view key) {
  const auto* value = message.if_contains(key);
  return value != nullptr && value->is_number() ? value->to_number<std::uint64_t>() : 0;
}

}  // namespace

Browser::Browser(Chance& chance)
    : stream_(hex(chance.number(~std::uint64_t{0})) + hex(chance.number(~std::uint64_t{0}))),
      document_(stream_.substr(0, 16)) {}

void Browser::work(std::size_t batches, std::size_t events_a_batch) {
  for (; batches > 0; --batches) {
    outbox_.push_back({next_seq_++, next_n_, next_n_ + events_a_batch});
    next_n_ += events_a_batch;
  }
}

void Browser::work_unreadably(std::size_t events) {
  unreadable_.insert(next_n_ + events / 2);
  work(1, events);
}

std::string Browser::event(std::uint64_t n) const {
  std::string text = R"({"kind":"click","document":")" + document_ + R"(","n":)" +
                     std::to_string(n) +
                     R"(,"tab":1,"frame":0,"url":"https://crm.example.com/tickets","target":)"
                     R"({"role":"button","name":")" +
                     label_of(n) + R"(","tag":"button","selectors":[["#save"])";
  // As many selectors as an event may bear: chains of the longest parts.
  constexpr std::size_t longest_part = 400;
  constexpr std::size_t longest_chain = 8;
  std::size_t parts = 0;
  for (std::size_t left = padding_; left > 0; ++parts) {
    const std::size_t part = std::min(left, longest_part);
    text += parts % longest_chain == 0 ? (parts == 0 ? ",[" : "],[") : ",";
    text += '"' + noise(n * longest_chain * longest_chain + parts, part) + '"';
    left -= part;
  }
  if (parts > 0) text += ']';
  text += R"(],"box":[10,20,30,40]}})";
  if (unreadable_.contains(n)) text += '\\';
  return text;
}

std::string Browser::frame_of(const Batch& batch) const {
  std::string frame = R"({"type":"batch","seq":)" + std::to_string(batch.seq) + R"(,"events":[)";
  for (std::uint64_t n = batch.begin; n < batch.end; ++n)
    if (!dropped_.contains(n)) frame += (frame.back() == '[' ? "" : ",") + event(n);
  return frame + "]}";
}

void Browser::disconnect() {
  attached_ = stopped_ = out_of_order_ = false;
  sent_ = 0;
  unanswered_.clear();
  refused_.reset();
}

void Browser::talk(Port& port, Clock::time_point until) {
  while (breach_.empty() && !stopped_ && !(attached_ && settled())) {
    if (attached_) send_more(port);
    const auto message = port.next(until);
    if (!message) return;
    hear(port, *message);
  }
}

void Browser::hear_out(Port& port) {
  while (const auto message = port.next(milliseconds(5000))) hear(port, *message);
}

void Browser::hear(Port& port, const boost::json::object& message) {
  const std::string type = text_in(message, "type");
  if (type == "hello")
    port.post(R"({"type":"attach","protocol":1,"extension":"1.0","browser":"chromium","stream":")" +
              stream_ + "\"}");
  else if (type == "policy")
    hear_policy(port, message);
  else if (type == "ack")
    hear_ack(message);
  else if (type == "error")
    hear_error(message);
  else if (type != "standing")
    breach_ = "a message of the type \"" + type + '"';
  if (unanswered_.empty()) mend();
}

void Browser::hear_policy(Port& port, const boost::json::object& message) {
  state_ = text_in(message, "state");
  if (state_ == "ask") {
    asked_ = true;
    const auto& notice = message.at("notice").as_object();
    port.post(R"({"type":"consent","digest":")" + text_in(notice, "digest") +
              R"(","answer":"yes"})");
    return;
  }
  if (state_ != "recording") {
    breach_ = "the state is " + state_ + ": " + text_in(message, "why");
    return;
  }
  forget_stored(number_in(message, "next_seq"));
  attached_ = true;
  // The person sees that events wait: from now on they may leave by themselves.
  const auto& held = message.at("held").as_object();
  if (number_in(held, "up_to") > 0)
    port.post(R"({"type":"told","id":1,"up_to":)" + std::to_string(number_in(held, "up_to")) + '}');
}

// What the host has stored needs no ack any more; the rest is numbered from where it says.
void Browser::forget_stored(std::uint64_t next_seq) {
  if (next_seq == 0) {
    if (acked_below_ > 0) breach_ = "the stream is new to the host, though it acked of it";
    return;
  }
  while (!outbox_.empty() && outbox_.front().seq < next_seq) settle_front();
  const std::uint64_t own = outbox_.empty() ? next_seq_ : outbox_.front().seq;
  if (own != next_seq)
    breach_ = "the host expects " + std::to_string(next_seq) + " where " + std::to_string(own) +
              " is next";
}

void Browser::send_more(Port& port) {
  if (refused_ || out_of_order_) return;
  while (sent_ < outbox_.size() && unanswered_.size() < most_under_way) {
    port.post(frame_of(outbox_[sent_]));
    unanswered_.insert(outbox_[sent_].seq);
    ++sent_;
  }
}

void Browser::settle_front() {
  acked_below_ = outbox_.front().end;
  outbox_.pop_front();
  if (sent_ > 0) --sent_;
}

void Browser::hear_ack(const boost::json::object& message) {
  const std::uint64_t seq = number_in(message, "seq");
  const auto at = unanswered_.find(seq);
  if (at == unanswered_.end() || outbox_.empty() || outbox_.front().seq != seq) {
    breach_ = "an ack of " + std::to_string(seq) + ", which was not to be acked next";
    return;
  }
  unanswered_.erase(at);
  const Batch& batch = outbox_.front();
  std::uint64_t whole = 0;
  for (std::uint64_t n = batch.begin; n < batch.end; ++n) whole += dropped_.contains(n) ? 0 : 1;
  if (number_in(message, "stored") != whole && !message.contains("duplicate"))
    breach_ = "of batch " + std::to_string(seq) + " not all is stored";
  settle_front();
}

void Browser::hear_error(const boost::json::object& message) {
  errors_.push_back(text_in(message, "name"));
  sentence_ = text_in(message, "message");
  const std::uint64_t seq = number_in(message, "seq");
  if (const auto at = unanswered_.find(seq); at != unanswered_.end()) unanswered_.erase(at);
  if (errors_.back() == "batch_unreadable")
    refused_ = seq;
  else if (errors_.back() == "batch_out_of_order")
    out_of_order_ = true;
  else
    stopped_ = true;
}

// When all that is under way was answered: a batch that could not be read goes once more, then in
// halves, then its one event is given up; what follows is numbered anew and sent again.
void Browser::mend() {
  if (!refused_ && !out_of_order_) return;
  sent_ = 0;
  out_of_order_ = false;
  if (!refused_) return;
  const std::uint64_t seq = *std::exchange(refused_, std::nullopt);
  if (outbox_.empty() || outbox_.front().seq != seq) {
    breach_ = "batch " + std::to_string(seq) + " was refused, which is not the next";
    return;
  }
  Batch& batch = outbox_.front();
  if (++batch.refusals < 2) return;
  if (batch.end - batch.begin > 1) {
    const std::uint64_t middle = batch.begin + (batch.end - batch.begin + 1) / 2;
    const Batch later{batch.seq, middle, batch.end};
    batch = {batch.seq, batch.begin, middle};
    outbox_.insert(outbox_.begin() + 1, later);
  } else {
    dropped_.insert(batch.begin);
    settle_front();
  }
  next_seq_ = seq;
  for (Batch& later : outbox_) later.seq = next_seq_++;
}

std::string Browser::fault_in(const std::vector<Stored>& all) const {
  if (!breach_.empty()) return "breach of the protocol: " + breach_;
  std::optional<std::uint64_t> last;
  std::uint64_t acked_there = 0;
  for (const Stored& stored : all) {
    if (stored.stream != stream_) continue;
    const std::string name = "event " + std::to_string(stored.n);
    if (stored.n >= next_n_) return name + " was never sent";
    if (stored.label != label_of(stored.n)) return name + " is not as it was sent";
    if (last && stored.n == *last) return name + " is there twice";
    if (last && stored.n < *last) return name + " comes after " + std::to_string(*last);
    last = stored.n;
    if (stored.n < acked_below_) ++acked_there;
  }
  const auto dropped = static_cast<std::uint64_t>(
      std::distance(dropped_.begin(), dropped_.lower_bound(acked_below_)));
  if (acked_there + dropped == acked_below_) return {};
  return std::to_string(acked_below_ - dropped - acked_there) + " of " +
         std::to_string(acked_below_) + " acked events are not there";
}

}  // namespace fieldnote::fault
