// Without the theme's own font: the reader's is good, and there before the page.
import { useRouter } from 'vitepress';
import DefaultTheme from 'vitepress/theme-without-fonts';
import { onMounted } from 'vue';
import './colors.css';

/** The theme's first page has no landmark that says where its content is. */
function nameContent() {
  document.querySelector('.VPHome')?.setAttribute('role', 'main');
}

export default {
  extends: DefaultTheme,
  setup() {
    const router = useRouter();
    // Pages are also made where there is no document.
    onMounted(() => {
      nameContent();
      router.onAfterRouteChange = () => setTimeout(nameContent);
    });
  },
};
