import { mount } from 'svelte';
import App from './shell/App.svelte';
import './styles/font.css';
import './styles/theme.css';
import './styles/base.css';

const target = document.getElementById('app');
if (!target) throw new Error('The page has no place for the window.');
mount(App, { target });
