#include "dataset/person_trajectories.hpp"

#include "dataset/cutter.hpp"

namespace fieldnote::dataset {
namespace {

// The work that one key sealed.
class ChainReading {
 public:
  ChainReading(const GoodChain& chain, TrajectoryBuilder& builder, const PersonReading& reading,
               std::uint64_t& number)
      : chain_(chain), builder_(builder), reading_(reading), number_(number) {}

  Result<void> read() {
    Cutter cutter([this](Stretch&& stretch) { return take(stretch); });
    for (const GoodFile& file : chain_.files) {
      auto bundle = read_bundle(file.path, reading_.identities);
      if (!bundle) return bundle.error();
      if (bundle->digest != file.digest)
        return Error{boost::system::errc::make_error_code(boost::system::errc::invalid_argument),
                     file.path.string() +
                         ": changed while it was read; begin again when nothing writes there"};
      static_cast<void>(chain_.withdrawals.take_from(*bundle));
      if (auto added = cutter.add(*bundle); !added) return added;
      reading_.on_file(file.events);
    }
    return cutter.finish();
  }

 private:
  Result<void> take(const Stretch& stretch) {
    const std::uint64_t rank = reading_.naming.rank(chain_.key, stretch.lines.front(), number_++);
    const TaskTold* told = chain_.tasks.find(stretch.task);
    auto trajectory = builder_.build(Naming::id(rank), stretch, told);
    if (!trajectory) return trajectory.error();
    const ReleaseCounts release = builder_.take_counts();
    if (trajectory->steps.empty()) return {};
    if (!stretch.task.empty()) trajectory->part = ++parts_[stretch.task];
    return reading_.take({rank, *trajectory, release, stretch.task, told});
  }

  const GoodChain& chain_;
  TrajectoryBuilder& builder_;
  const PersonReading& reading_;
  std::uint64_t& number_;                               // of stretches of the person so far
  std::map<std::string, unsigned, std::less<>> parts_;  // of each task, so far
};

}  // namespace

Result<void> each_trajectory(const PersonFiles& person, TrajectoryBuilder& builder,
                             const PersonReading& reading) {
  std::uint64_t number = 0;
  for (const GoodChain& chain : person.chains)
    if (auto read = ChainReading(chain, builder, reading, number).read(); !read) return read;
  return {};
}

}  // namespace fieldnote::dataset
