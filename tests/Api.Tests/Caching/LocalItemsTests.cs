using AspireDeploy.Api.Caching;
using AspireDeploy.Api.Items;
using Microsoft.Extensions.Time.Testing;

namespace AspireDeploy.Api.Tests.Caching;

public sealed class LocalItemsTests
{
    private static readonly StoredItem Lamp = new(1, [1]);

    private readonly FakeTimeProvider _time = new();
    private readonly LocalItems _items;

    public LocalItemsTests()
    {
        _items = new(_time);
        Pass();
        _items.Hears(_items.Now);
        Pass();
    }

    [Fact]
    public void Item_Kept_IsFoundUntilItsLifetimeIsOver()
    {
        _items.Keep(1, Lamp, _items.Now);

        Assert.Same(Lamp, _items.Find(1));
        Assert.Null(_items.Find(2));
        for (var waited = TimeSpan.Zero; waited < LocalItems.Lifetime; waited += TimeSpan.FromMilliseconds(500))
            BeatAfter(TimeSpan.FromMilliseconds(500));
        Assert.Null(_items.Find(1));
    }

    [Fact]
    public void Item_WasChanged_IsNotFound()
    {
        _items.Keep(1, Lamp, _items.Now);
        Pass();

        _items.Changed(1);

        Assert.Null(_items.Find(1));
    }

    [Fact]
    public void Item_WasChangedWhileItWasRead_IsNotFound()
    {
        var begun = _items.Now;
        Pass();
        _items.Changed(1);

        _items.Keep(1, Lamp, begun);

        Assert.Null(_items.Find(1));
    }

    [Fact]
    public void Item_NoBeatCameBack_IsNotFound()
    {
        BeatAfter(TimeSpan.FromSeconds(1));
        _items.Keep(1, Lamp, _items.Now);
        _time.Advance(LocalItems.Lifetime - TimeSpan.FromMilliseconds(1));
        Assert.NotNull(_items.Find(1));

        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Null(_items.Find(1));
    }

    [Fact]
    public void Item_ChangesMayHaveBeenMissed_IsNotFoundAfterwardsEither()
    {
        _items.Keep(1, Lamp, _items.Now);
        Pass();

        _items.MayHaveMissed();
        Assert.Null(_items.Find(1));
        BeatAfter(TimeSpan.FromMilliseconds(10));
        Assert.Null(_items.Find(1));

        Pass();
        _items.Keep(1, Lamp, _items.Now);
        Assert.Same(Lamp, _items.Find(1));
    }

    [Fact]
    public void Item_AnotherTookItsPlace_IsNotFound()
    {
        _items.Keep(1, Lamp, _items.Now);

        _items.Keep(1 + 4096, new StoredItem(1, [2]), _items.Now);

        Assert.Null(_items.Find(1));
        Assert.NotNull(_items.Find(1 + 4096));
    }

    [Fact]
    public void Item_WasChanged_IsSettlingForAWhile()
    {
        Assert.False(_items.IsSettling(1));

        _items.Changed(1);

        Assert.True(_items.IsSettling(1));
        _time.Advance(LocalItems.Settling);
        Assert.False(_items.IsSettling(1));
    }

    private void Pass() => _time.Advance(TimeSpan.FromMilliseconds(1));

    private void BeatAfter(TimeSpan pause)
    {
        _time.Advance(pause);
        _items.Hears(_items.Now);
    }
}
