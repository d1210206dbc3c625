import { createApp, h, ref } from "vue/dist/vue.esm-bundler.js";
import { createRouter, createWebHistory, RouterLink, RouterView } from "vue-router";

const Home = { setup: () => () => h("h1", "Home") };
const Orders = {
  setup() {
    const note = ref("");
    return () =>
      h("div", [
        h("h1", "Orders"),
        h("input", { "aria-label": "Note", value: note.value, onInput: (event) => (note.value = event.target.value) }),
      ]);
  },
};
const router = createRouter({
  history: createWebHistory("/vue"),
  routes: [
    { path: "/", component: Home },
    { path: "/orders", component: Orders },
  ],
});
router.afterEach((to) => (document.title = to.path === "/" ? "Home" : "Orders"));
document.body.innerHTML = "<div id=app></div>";
createApp({
  setup: () => () =>
    h("div", [
      h(RouterLink, { to: "/orders" }, () => "Orders"),
      " ",
      h(RouterLink, { to: "/" }, () => "Home"),
      h(RouterView),
    ]),
})
  .use(router)
  .mount("#app");
