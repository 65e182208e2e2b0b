#include "document/id_list.h"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

namespace kiln {
namespace {

BlockId id(std::uint32_t number) {
  return {number, number};
}

IdList list_of(std::uint32_t count) {
  IdList list;
  for (std::uint32_t i = 1; i <= count; ++i) {
    list.push_back(id(i));
  }
  return list;
}

TEST(IdList, IsTheSameAsAVectorUnderRandomEdits) {
  std::mt19937 random(7);
  IdList list;
  std::vector<BlockId> expected;
  for (int step = 0; step < 20000; ++step) {
    const BlockId some = id(1 + random() % 3000);
    const std::size_t at = expected.empty() ? 0 : random() % expected.size();
    switch (random() % 6) {
      case 0:
      case 1:
        list.push_back(some);
        expected.push_back(some);
        break;
      case 2:
        list.insert(at, some);
        expected.insert(expected.begin() + std::ptrdiff_t(at), some);
        break;
      case 3:
        if (!expected.empty()) {
          list.erase_at(at);
          expected.erase(expected.begin() + std::ptrdiff_t(at));
        }
        break;
      case 4: {
        const auto found = std::find(expected.begin(), expected.end(), some);
        ASSERT_EQ(list.erase(some), found != expected.end());
        if (found != expected.end()) {
          expected.erase(found);
        }
        break;
      }
      default:
        list.replace(some, id(5000));
        std::replace(expected.begin(), expected.end(), some, id(5000));
        break;
    }
    if (step % 500 == 0) {
      ASSERT_EQ(list.to_vector(), expected);
      for (std::size_t i = 0; i < expected.size(); i += 7) {
        ASSERT_EQ(list[i], expected[i]);
      }
    }
  }
  EXPECT_EQ(list.to_vector(), expected);
}

TEST(IdList, FindsWhereAPartitionEnds) {
  const IdList list = list_of(2000);

  for (const std::uint32_t wanted : {0u, 1u, 511u, 512u, 513u, 1999u, 2000u}) {
    EXPECT_EQ(list.partition_point([&](BlockId other) { return other.serial <= wanted; }), wanted);
  }
}

TEST(IdList, TellsWhatDiffersFromItsCopy) {
  IdList list = list_of(5000);
  const IdList before = list;
  list.erase(id(17));
  list.erase(id(4000));
  list.push_back(id(9000));
  std::vector<BlockId> now = before.to_vector();
  int calls = 0;

  IdList::difference(
      before, list,
      [&](BlockId gone) {
        ++calls;
        now.erase(std::find(now.begin(), now.end(), gone));
      },
      [&](BlockId came) {
        ++calls;
        now.push_back(came);
      });

  std::sort(now.begin(), now.end());
  std::vector<BlockId> expected = list.to_vector();
  std::sort(expected.begin(), expected.end());
  EXPECT_EQ(now, expected);
  EXPECT_LT(calls, 4000) << "pages that both share are gone through";
}

TEST(IdList, CopiesStayAsTheyWere) {
  IdList list = list_of(1000);
  const IdList copy = list;

  list.map([](BlockId other) { return other.serial % 2 ? other : BlockId{}; });

  EXPECT_EQ(list.size(), 500u);
  EXPECT_EQ(copy.to_vector(), list_of(1000).to_vector());
}

TEST(IdSet, HoldsEachOnce) {
  IdSet set({id(3), id(1), id(3)});
  set.insert(id(2));
  set.insert(id(2));
  set.erase(id(1));

  EXPECT_EQ(set.to_vector(), (std::vector<BlockId>{id(2), id(3)}));
  EXPECT_TRUE(set.contains(id(3)));
  EXPECT_FALSE(set.contains(id(1)));
}

}  // namespace
}  // namespace kiln
