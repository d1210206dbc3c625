#include "dataset/person_trajectories.hpp"

#include "dataset/rare_runs.hpp"

namespace fieldnote::dataset {
namespace {

// The work that one key sealed.
class ChainReading {
 public:
  ChainReading(const GoodChain& chain, TrajectoryBuilder& builder, const PersonReading& reading,
               std::uint64_t& number)
      : chain_(chain),
        builder_(builder),
        reading_(reading),
        number_(number),
        rare_runs_(reading.release) {}

  Result<void> read() {
    Cutter cutter([this](Stretch&& stretch) { return take(std::move(stretch)); });
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
  Result<void> take(Stretch&& stretch) {
    auto pieces = rare_runs_.cut(std::move(stretch));
    if (!pieces) return pieces.error();
    bool is_part = false;
    for (std::size_t i = 0; i < pieces->size(); ++i)
      if (auto taken = take((*pieces)[i], i > 0, is_part); !taken) return taken;
    return {};
  }

  // `is_part`: whether a piece of the same stretch was taken before.
  Result<void> take(const Stretch& stretch, bool is_cut, bool& is_part) {
    const std::uint64_t rank = reading_.naming.rank(chain_.key, stretch.lines.front(), number_++);
    const TaskTold* told = chain_.tasks.find(stretch.task);
    auto trajectory = builder_.build(Naming::id(rank), stretch, told);
    if (!trajectory) return trajectory.error();
    ReleaseCounts release = builder_.take_counts();
    release.cut_runs = is_cut ? 1 : 0;
    if (trajectory->steps.empty()) return {};
    // Pieces of one part are told apart by nothing.
    if (!stretch.task.empty())
      trajectory->part = is_part ? parts_[stretch.task] : ++parts_[stretch.task];
    is_part = true;
    return reading_.take({rank, *trajectory, release, stretch.task, told});
  }

  const GoodChain& chain_;
  TrajectoryBuilder& builder_;
  const PersonReading& reading_;
  std::uint64_t& number_;  // of stretches of the person so far
  RareRuns rare_runs_;
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
